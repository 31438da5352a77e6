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
package io.ringwire.simulation;

import io.ringwire.dialect.Authenticator;
import io.ringwire.dialect.LoginOutcome;
import io.ringwire.dialect.LoginStep;
import io.ringwire.dialect.MessageKind;
import org.agrona.DirectBuffer;

import java.util.SplittableRandom;

/**
 * Logs in to the simulated venue: by one message, with a second where the random says so, for some time or for good.
 */
final class SimLogin implements Authenticator
{
    private final SplittableRandom random;
    private boolean again;

    SimLogin(final SplittableRandom random)
    {
        this.random = random;
    }

    @Override
    public String login(final LoginStep step, final long requestId)
    {
        again = step == LoginStep.BEGIN && random.nextInt(8) == 0;
        return "login " + requestId;
    }

    @Override
    public LoginOutcome onAnswer(
        final MessageKind kind, final DirectBuffer buffer, final int offset, final int length)
    {
        if (kind == MessageKind.ERROR_REPLY)
        {
            return LoginOutcome.rejected("the venue refused");
        }

        if (again)
        {
            return LoginOutcome.next();
        }

        return random.nextInt(4) == 0 ? LoginOutcome.accepted(20_000) : LoginOutcome.accepted();
    }
}
