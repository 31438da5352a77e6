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
package io.ringwire.bench.server;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of an accepted socket, as they are or through TLS. Nothing blocks. Owner: the serving thread.
 */
interface Link
{
    /** {@link #read} at the end of the stream. */
    int END = -1;

    /**
     * Read what is there.
     *
     * @param target with room; what is read goes behind its position.
     * @return number of bytes, 0 if there are none now, or {@link #END}.
     */
    int read(ByteBuffer target) throws IOException;

    /**
     * Is something left, or the end, that a read would give without the socket's having more?
     */
    boolean holdsInput();

    /**
     * Write as much as is taken now.
     *
     * @param source direct; its position moves over what was taken.
     */
    void write(ByteBuffer source) throws IOException;

    /**
     * Write what was taken and kept.
     *
     * @return true if nothing is kept any more.
     */
    boolean flush() throws IOException;

    /**
     * End the stream of what is written, which is flushed. The peer's goes on.
     */
    void endOutput() throws IOException;

    /**
     * Close the socket, whatever is kept.
     */
    void close() throws IOException;
}
