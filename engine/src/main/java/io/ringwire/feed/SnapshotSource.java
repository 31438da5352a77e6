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
 * Where a channel's whole picture comes from, on which its messages build.
 */
public enum SnapshotSource
{
    /** There is none: each message stands for itself, as trades do. The channel is live with any message. */
    NONE,

    /** The venue sends one in the stream after each subscribe. */
    STREAM,

    /**
     * The user fetches it elsewhere when {@link Resync} asks, and gives its number to
     * {@link SequencedFeed#snapshotLoaded}. Meanwhile messages are held.
     */
    REQUEST
}
