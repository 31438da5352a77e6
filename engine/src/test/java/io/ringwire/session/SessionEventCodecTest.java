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
package io.ringwire.session;

import io.ringwire.api.HandshakeResponse;
import io.ringwire.api.ReconnectGap;
import io.ringwire.api.SessionState;
import io.ringwire.api.StateChange;
import io.ringwire.api.SubscriptionChange;
import io.ringwire.api.SubscriptionState;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SessionEventCodecTest
{
    private static final int OFFSET = 24;

    private final SessionEventCodec codec = new SessionEventCodec(Set.of("set-cookie"));
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[SessionEventCodec.MAX_LENGTH]);

    static Stream<Class<?>> kinds()
    {
        return Arrays.stream(SessionEvent.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindComesBackAsItWas(final Class<?> kind) throws ReflectiveOperationException
    {
        final SessionEvent event = (SessionEvent)made(kind, 1);

        assertThat(roundTrip(event)).isEqualTo(event);
    }

    @Test
    void everyStateAndEveryAbsenceComesBack()
    {
        for (final SessionState state : SessionState.values())
        {
            final SessionEvent event = new SessionEvent.Changed(
                new StateChange(SessionState.IDLE, state, 0, -1, 0, null, Long.MIN_VALUE, null));
            assertThat(roundTrip(event)).isEqualTo(event);
        }

        for (final SubscriptionState state : SubscriptionState.values())
        {
            final SessionEvent event = new SessionEvent.Subscription(new SubscriptionChange("caf\u00e9", state, ""));
            assertThat(roundTrip(event)).isEqualTo(event);
        }
    }

    @Test
    void secretHeadersAreNotWritten()
    {
        final SessionEvent event = changed(new HandshakeResponse(
            101, "Switching", List.of(Map.entry("Set-Cookie", "s3cret"), Map.entry("Server", "venue")), ""));
        final int length = codec.encode(event, buffer);

        assertThat(buffer.getStringWithoutLengthAscii(0, length)).doesNotContain("s3cret");
        final SessionEvent.Changed decoded = (SessionEvent.Changed)SessionEventCodec.decode(buffer, 0, length);
        assertThat(decoded.change().handshake().headers()).containsExactly(
            Map.entry("Set-Cookie", SessionEventCodec.REDACTED), Map.entry("Server", "venue"));
    }

    @Test
    void whatIsTooLongIsCut()
    {
        final String text = "\u20ac".repeat(50_000);
        final SessionEvent event = changed(new HandshakeResponse(
            403, text, Collections.nCopies(500, Map.entry(text, text)), text));

        assertThat(codec.encode(event, buffer)).isLessThanOrEqualTo(SessionEventCodec.MAX_LENGTH);
        final SessionEvent.Changed decoded =
            (SessionEvent.Changed)SessionEventCodec.decode(buffer, 0, codec.encode(event, buffer));
        assertThat(decoded.change().handshake().body()).startsWith("\u20ac\u20ac").endsWith("\u20ac\u2026");
        assertThat(decoded.change().handshake().headers()).endsWith(Map.entry("", "\u2026"));
    }

    @Test
    void damagedBytesAreNamedInOneLine() throws ReflectiveOperationException
    {
        final int length = codec.encode((SessionEvent)made(SessionEvent.Changed.class, 1), buffer);
        for (int cut = 0; cut < length; cut++)
        {
            final int cutLength = cut;
            assertThatThrownBy(() -> SessionEventCodec.decode(buffer, 0, cutLength))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("session event is cut off or damaged");
        }

        buffer.putByte(1, (byte)77);
        assertThatThrownBy(() -> SessionEventCodec.decode(buffer, 0, length))
            .hasMessage("session event of unknown kind 77");
        buffer.putByte(0, (byte)9);
        assertThatThrownBy(() -> SessionEventCodec.decode(buffer, 0, length))
            .hasMessage("session event of version 9, this is 1");
    }

    private SessionEvent roundTrip(final SessionEvent event)
    {
        final int length = codec.encode(event, buffer);
        final ExpandableArrayBuffer moved = new ExpandableArrayBuffer();
        moved.putBytes(OFFSET, buffer, 0, length);
        return SessionEventCodec.decode(moved, OFFSET, length);
    }

    private static SessionEvent changed(final HandshakeResponse handshake)
    {
        return new SessionEvent.Changed(new StateChange(
            SessionState.UPGRADING, SessionState.LIVE, 1, 1, 0, "upgraded", 5, handshake));
    }

    /**
     * A record whose components all differ from their defaults and from one another.
     */
    private static Object made(final Class<?> type, final int seed) throws ReflectiveOperationException
    {
        if (type == int.class)
        {
            return -1000 - seed;
        }
        else if (type == long.class)
        {
            return Long.MAX_VALUE - seed;
        }
        else if (type == String.class)
        {
            return "text " + seed + " \u20ac";
        }
        else if (type == List.class)
        {
            return List.of(Map.entry("Server", "venue"), Map.entry("X-Limit", "" + seed));
        }
        else if (type.isEnum())
        {
            return type.getEnumConstants()[seed % type.getEnumConstants().length];
        }

        final RecordComponent[] components = type.getRecordComponents();
        final List<Object> values = new ArrayList<>();
        final Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        for (int i = 0; i < components.length; i++)
        {
            values.add(made(types[i], seed + i + 1));
        }

        final Constructor<?> constructor = type.getDeclaredConstructor(types);
        return constructor.newInstance(values.toArray());
    }

    @Test
    void aGapWithoutSequenceComesBack()
    {
        final SessionEvent event =
            new SessionEvent.Reconnected(new ReconnectGap(3, ReconnectGap.NO_SEQUENCE, Long.MAX_VALUE));

        assertThat(roundTrip(event)).isEqualTo(event);
    }
}
