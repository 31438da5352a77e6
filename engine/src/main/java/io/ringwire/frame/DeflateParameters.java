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
package io.ringwire.frame;

/**
 * What a connection's permessage-deflate works with (RFC 7692 section 7.1).
 *
 * @param serverNoContextTakeover no message of the server refers to one before it.
 * @param clientNoContextTakeover no message of ours may refer to one before it.
 * @param serverMaxWindowBits     the server's window is at most two to the power of this many bytes, 8 to 15.
 * @param clientMaxWindowBits     so is ours.
 */
public record DeflateParameters(
    boolean serverNoContextTakeover,
    boolean clientNoContextTakeover,
    int serverMaxWindowBits,
    int clientMaxWindowBits)
{
}
