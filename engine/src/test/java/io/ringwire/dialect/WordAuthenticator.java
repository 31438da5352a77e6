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
package io.ringwire.dialect;

import org.agrona.DirectBuffer;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Says {@code login ID STEP} and understands {@code ok}, {@code refresh NS}, {@code challenge} and {@code no REASON}
 * behind the id, or behind the LOGIN, of an answer.
 */
public class WordAuthenticator implements Authenticator
{
    public final List<LoginStep> steps = new CopyOnWriteArrayList<>();

    @Override
    public String login(final LoginStep step, final long requestId) throws Exception
    {
        steps.add(step);
        return "login " + requestId + " " + step + " s3cret";
    }

    @Override
    public LoginOutcome onAnswer(
        final MessageKind kind, final DirectBuffer buffer, final int offset, final int length)
    {
        final String[] words = WordDialect.words(buffer, offset, length);
        final int at = kind == MessageKind.LOGIN || kind == MessageKind.ERROR ? 1 : 2;
        return switch (words[at])
        {
            case "ok" -> LoginOutcome.accepted();
            case "refresh" -> LoginOutcome.accepted(Long.parseLong(words[at + 1]));
            case "challenge" -> LoginOutcome.next();
            case "no" -> LoginOutcome.rejected(words[at + 1]);
            case "throw" -> throw new IllegalStateException("cannot read it");
            default -> null;
        };
    }
}
