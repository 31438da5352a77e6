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
package io.ringwire.system;

import io.ringwire.api.SessionState;
import io.ringwire.config.BufferPolicy;
import io.ringwire.config.ThreadingMode;
import io.ringwire.session.MessageRouter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * W21: the engine keeps the answers to what it asked for, and no others.
 */
class OwnAnswersTest extends VenueTest
{
    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldDeliverAnswersToWhatTheUserAskedForHimself(final ThreadingMode mode)
    {
        launch(mode);
        begin(config(null));
        untilState(SessionState.LIVE);
        connection.writeText("LOGIN ok");
        connection.writeText("SUBS a b");
        untilHandlerSaw("text SUBS a b");
        assertThat(handler.saw("text LOGIN ok")).isTrue();
    }

    /**
     * What is copied for the control thread is bounded, whatever the venue says.
     */
    @Test
    void shouldDeliverAnAnswerThatIsTooLongToBeKept()
    {
        launch();
        begin(config(authenticator).maxMessageLength(2 * MessageRouter.MAX_ANSWER_LENGTH)
            .buffers(new BufferPolicy().arenaLength(4 * MessageRouter.MAX_ANSWER_LENGTH)));
        expect("login BEGIN", "LOGIN ok");
        untilState(SessionState.LIVE);
        connection.writeText("LOGIN " + "x".repeat(1000));
        final String tooLong = "LOGIN " + "y".repeat(MessageRouter.MAX_ANSWER_LENGTH);
        final Thread writer = new Thread(() -> connection.writeText(tooLong));
        writer.start(); // the venue would wait for the engine, which this thread drives
        untilHandlerSaw("text " + tooLong);
        assertThat(handler.count("text ")).isOne();
    }

    @ParameterizedTest
    @EnumSource(ThreadingMode.class)
    void shouldKeepAnswersAboutChannelsWhileThereAreAny(final ThreadingMode mode)
    {
        launch(mode);
        begin(config(authenticator, "a"));
        expect("login BEGIN", "LOGIN ok");
        expect("sub a", "SUBS a");
        untilState(SessionState.LIVE);
        session.unsubscribe("a");
        expect("unsub a", "SUBS none");
        untilHandlerSaw("channel a UNSUBSCRIBED ");
        connection.writeText("SUBS none whatsoever");
        connection.writeText("LOGIN twice");
        connection.writeText("end");
        untilHandlerSaw("text end");
        assertThat(handler.log().stream().filter((entry) -> entry.startsWith("text")))
            .containsExactly("text SUBS none whatsoever", "text end");
    }
}
