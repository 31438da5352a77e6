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

/**
 * Logs a session in. One object serves one session, on two threads that never call it at the same time.
 */
public interface Authenticator
{
    /**
     * What to say now. Called on a thread of its own, may block until the login's deadline: to sign, or to fetch a
     * token by other means.
     *
     * @param step      why it is called.
     * @param requestId to be found again in the answer, if the venue gives it back.
     * @return the text message to send, or null if nothing has to be said: then the step is accepted.
     * @throws Exception whose message becomes the reason of the failed attempt, without secrets.
     */
    String login(LoginStep step, long requestId) throws Exception;

    /**
     * Judge the answer. Called on the control thread, must not block. What it throws fails the attempt.
     *
     * @param kind   {@link MessageKind#REPLY} or {@link MessageKind#ERROR_REPLY} to the request,
     *               {@link MessageKind#LOGIN} or {@link MessageKind#ERROR} without an id.
     * @param buffer that holds the answer, valid only during the call.
     * @param offset of the answer in the buffer.
     * @param length of the answer in bytes.
     * @return what it means, or null if it says nothing about the login, whose answer is still awaited: a
     * {@link MessageKind#ERROR} may be about something else.
     */
    LoginOutcome onAnswer(MessageKind kind, DirectBuffer buffer, int offset, int length);
}
