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
package io.ringwire.io;

import io.netty.channel.EventLoop;
import io.ringwire.frame.MaskKeys;
import io.ringwire.tape.TapeWriter;
import org.agrona.concurrent.NanoClock;

/**
 * What all links of an IO thread share.
 *
 * @param eventLoop of the IO thread.
 * @param transport that loaded.
 * @param clock     of the engine.
 * @param maskKeys  for every frame sent.
 * @param tape      that everything is recorded to, or null.
 * @param lives     records what happens to sessions, if there is a tape.
 */
record IoContext(
    EventLoop eventLoop,
    TransportFactory transport,
    NanoClock clock,
    MaskKeys maskKeys,
    TapeWriter tape,
    LifeRecorder lives)
{
}
