/*
 * Copyright 2026 Ringwire contributors.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 * https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.ringwire.bench.hop;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The carriers compared, the engine's first.
 */
public enum CarrierKind
{
    /** Disruptor descriptors and a byte arena: the engine's ring. */
    DESCRIPTORS("descriptors", Integer.MAX_VALUE, true, DescriptorCarrier::new),

    /** Slots of 256 bytes in a Disruptor. */
    SLOTS_256("slots-256", 256, true, (memoryLength) -> new SlotCarrier(memoryLength, 256)),

    /** Slots of 2 KiB in a Disruptor. */
    SLOTS_2K("slots-2k", 2048, true, (memoryLength) -> new SlotCarrier(memoryLength, 2048)),

    /** Slots of 16 KiB in a Disruptor. */
    SLOTS_16K("slots-16k", 16_384, true, (memoryLength) -> new SlotCarrier(memoryLength, 16_384)),

    /** Agrona's {@code OneToOneRingBuffer}. */
    ONE_TO_ONE("one-to-one", Integer.MAX_VALUE, false, OneToOneCarrier::new),

    /** Reference-counted {@code ByteBuf} through a Disruptor. */
    BYTE_BUF("byte-buf", Integer.MAX_VALUE, true, (memoryLength) -> new ByteBufCarrier());

    private final String title;
    private final int maxLength;
    private final boolean sharable;
    private final IntFunction<Carrier> factory;

    CarrierKind(
        final String title, final int maxLength, final boolean sharable, final IntFunction<Carrier> factory)
    {
        this.title = title;
        this.maxLength = maxLength;
        this.sharable = sharable;
        this.factory = factory;
    }

    /**
     * Its name in tables, options and JSON.
     *
     * @return a word.
     */
    public String title()
    {
        return title;
    }

    /**
     * Could several consumers see every message?
     *
     * @return true if they could.
     */
    public boolean isSharable()
    {
        return sharable;
    }

    /**
     * Does such a message fit?
     *
     * @param length of it in bytes.
     * @return true if it does.
     */
    public boolean carries(final int length)
    {
        return length <= maxLength;
    }

    /**
     * Look one up.
     *
     * @param title of it.
     * @return the carrier.
     * @throws IllegalArgumentException that names those there are.
     */
    public static CarrierKind of(final String title)
    {
        return Arrays.stream(values()).filter((kind) -> kind.title.equals(title)).findFirst().orElseThrow(() ->
            new IllegalArgumentException("there is no carrier '" + title + "', only " +
                String.join(", ", titles())));
    }

    static List<String> titles()
    {
        return Arrays.stream(values()).map(CarrierKind::title).toList();
    }

    Carrier make(final int memoryLength)
    {
        return factory.apply(memoryLength);
    }
}
