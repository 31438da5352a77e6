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
 * The data opcodes of RFC 6455 section 5.2 that a user sends and receives.
 */
public final class Opcode
{
    /** A text message: UTF-8 (RFC 6455 section 5.6). */
    public static final int TEXT = 0x1;

    /** A binary message: bytes without meaning to the protocol (RFC 6455 section 5.6). */
    public static final int BINARY = 0x2;

    private Opcode()
    {
    }
}
