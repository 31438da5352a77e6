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
package io.ringwire.feed;

import io.ringwire.api.MessageHandler;
import io.ringwire.api.Session;
import io.ringwire.api.SessionListener;
import io.ringwire.api.SubscriptionChange;
import io.ringwire.api.SubscriptionState;
import io.ringwire.pool.FakeSession;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an input passes on, and how a channel is started anew by default.
 */
class FeedInputTest
{
    private static final ContinuityRule CHAIN = ContinuityRule.of(GapStrategy.CHAIN, SnapshotSource.STREAM);

    private final List<String> log = new ArrayList<>();

    /**
     * A method of these that is added with a default must not be forgotten here.
     */
    @ParameterizedTest
    @ValueSource(classes = {SessionListener.class, MessageHandler.class})
    void shouldOverrideAllThatASessionCalls(final Class<?> type) throws NoSuchMethodException
    {
        for (final Method method : type.getMethods())
        {
            if (!Modifier.isStatic(method.getModifiers()))
            {
                assertThat(FeedInput.class.getMethod(method.getName(), method.getParameterTypes()).getDeclaringClass())
                    .as(method.toString()).isEqualTo(FeedInput.class);
            }
        }
    }

    @Test
    void shouldTellItsListenerAllThatItIsTold() throws ReflectiveOperationException
    {
        final SessionListener listener = (SessionListener)Proxy.newProxyInstance(
            SessionListener.class.getClassLoader(), new Class<?>[]{SessionListener.class},
            (proxy, method, args) -> log.add(method.getName()));
        final FeedInput input = new FeedFixture(CHAIN).feed.addInput(listener);
        final Session session = new FakeSession("a").live().session();
        for (final Method method : SessionListener.class.getMethods())
        {
            log.clear();
            method.invoke(input, arguments(session, method));
            assertThat(log).containsExactly(method.getName());
        }
    }

    @Test
    void shouldGiveRepliesAndRequestsOfTheVenueToTheOthers()
    {
        final MessageHandler others = new MessageHandler()
        {
            @Override
            public void onMessage(
                final Session session,
                final DirectBuffer buffer,
                final int offset,
                final int length,
                final int opcode,
                final long receiveTimeNs,
                final boolean endOfBatch)
            {
                log.add("message");
            }

            @Override
            public void onUnmatchedReply(
                final Session session,
                final DirectBuffer buffer,
                final int offset,
                final int length,
                final long receiveTimeNs)
            {
                log.add("reply " + buffer.getStringWithoutLengthAscii(offset, length) + receiveTimeNs);
            }

            @Override
            public void onServerRequest(
                final Session session,
                final DirectBuffer buffer,
                final int offset,
                final int length,
                final long receiveTimeNs)
            {
                log.add("request " + buffer.getStringWithoutLengthAscii(offset, length) + receiveTimeNs);
            }
        };
        final FeedFixture fixture = new FeedFixture(CHAIN);
        final FeedInput input = new SequencedFeed(
            new FeedPolicy().dialect(new TestDialect()).rules((name) -> CHAIN), fixture, others)
            .addInput(FeedFixture.NOBODY);
        final Session session = new FakeSession("a").live().session();
        final UnsafeBuffer buffer = new UnsafeBuffer(".x.".getBytes(StandardCharsets.US_ASCII));
        input.onUnmatchedReply(session, buffer, 1, 1, 7);
        input.onServerRequest(session, buffer, 1, 1, 8);
        assertThat(log).containsExactly("reply x7", "request x8");
    }

    @ParameterizedTest
    @EnumSource(value = SubscriptionState.class, names = "ACKNOWLEDGED", mode = EnumSource.Mode.EXCLUDE)
    void shouldGiveAChannelUpAndSubscribeAgainByDefault(final SubscriptionState answer)
    {
        final FeedFixture fixture = new FeedFixture(new FeedPolicy().rules((name) -> CHAIN), true);
        final FeedFixture.Side side = fixture.side("a").live();
        side.fake.subscribe("b");
        side.fake.sent.clear();
        side.snapshot("b", 1);
        side.chain("b", 2, 3);
        assertThat(side.fake.sent).containsExactly("unsubscribe b");
        tell(side, SubscriptionState.ACKNOWLEDGED); // late, of the time before
        fixture.nowNs += 60_000 * FeedFixture.MS;
        side.chain("b", 9, 10);
        assertThat(side.fake.sent).as("one at a time").containsExactly("unsubscribe b");
        tell(side, answer);
        tell(side, answer);
        assertThat(side.fake.sent).containsExactly("unsubscribe b", "subscribe b");
        assertThat(fixture.errors).isEmpty();
    }

    @Test
    void shouldSayThatAChannelHasNoSubscriptionOfItsName()
    {
        final FeedFixture fixture = new FeedFixture(new FeedPolicy().rules((name) -> CHAIN), true);
        final FeedFixture.Side side = fixture.side("a").live();
        side.snapshot("b", 1);
        side.chain("b", 2, 3);
        assertThat(side.fake.sent).isEmpty();
        assertThat(fixture.errors).hasSize(1);
        assertThat(fixture.errors.get(0)).hasMessageContaining("'b'").hasMessageContaining("FeedPolicy.resync");
    }

    private static void tell(final FeedFixture.Side side, final SubscriptionState state)
    {
        side.input.onSubscription(side.fake.session(), new SubscriptionChange("b", state, ""));
    }

    private static Object[] arguments(final Session session, final Method method) throws ReflectiveOperationException
    {
        final Class<?>[] types = method.getParameterTypes();
        final Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++)
        {
            values[i] = types[i] == Session.class ? session :
                types[i] == String.class ? "" :
                types[i] == int.class ? (Object)0 :
                types[i] == long.class ? (Object)0L : ofNothing(types[i]);
        }

        return values;
    }

    /**
     * A record with the first constants of its enums and nothing else.
     */
    private static Object ofNothing(final Class<?> type) throws ReflectiveOperationException
    {
        final Class<?>[] types = type.getDeclaredConstructors()[0].getParameterTypes();
        final Object[] values = new Object[types.length];
        for (int i = 0; i < types.length; i++)
        {
            values[i] = types[i].isEnum() ? types[i].getEnumConstants()[0] :
                types[i] == int.class ? (Object)0 :
                types[i] == long.class ? (Object)0L :
                types[i] == String.class ? "" : null;
        }

        return type.getDeclaredConstructor(types).newInstance(values);
    }
}
