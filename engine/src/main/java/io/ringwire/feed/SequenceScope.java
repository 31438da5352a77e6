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

/**
 * What a venue's sequence numbers count in.
 */
public enum SequenceScope
{
    /**
     * All messages of one connection, from anew with each. A number of one connection says nothing about another, so
     * such streams cannot be arbitrated: a feed of this scope has one input.
     */
    CONNECTION,

    /** The messages of one channel, the same in every connection. The default. */
    CHANNEL,

    /** The messages of all channels of one symbol, the same in every connection; needs a {@link SymbolFinder}. */
    SYMBOL,

    /** All messages, the same in every connection. */
    GLOBAL
}
