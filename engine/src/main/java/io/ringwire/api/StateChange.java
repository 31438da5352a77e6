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
package io.ringwire.api;

/**
 * One step of a session from a state to the next.
 *
 * @param from      the state left.
 * @param to        the state entered.
 * @param epoch     of the connection concerned; 0 before the first.
 * @param attempt   number of connects tried since the last that worked, from 1.
 * @param closeCode of the connection that ended, {@link CloseCode#ABNORMAL} without a close frame, or 0 if none ended.
 * @param reason    why, in one line.
 * @param elapsedNs how long the state left had lasted.
 * @param handshake the server's answer to the upgrade when this step follows from it, or the proxy's to CONNECT when
 *                  the step is from {@link SessionState#CONNECTING}; else null.
 */
public record StateChange(
    SessionState from,
    SessionState to,
    int epoch,
    int attempt,
    int closeCode,
    String reason,
    long elapsedNs,
    HandshakeResponse handshake)
{
}
