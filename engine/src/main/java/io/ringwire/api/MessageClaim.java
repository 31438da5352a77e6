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

import org.agrona.MutableDirectBuffer;

/**
 * A place in the outbound ring to encode a message straight into, filled by {@link Session#tryClaim}. Reuse one per
 * thread. Each claim must be ended by {@link #commit()} or {@link #abort()} on the thread that made it: until then the
 * messages of all threads queue behind it.
 */
public final class MessageClaim
{
    private Owner owner;
    private MutableDirectBuffer buffer;
    private int offset;
    private int length;

    /**
     * The buffer to encode into, between {@link #offset()} and {@link #offset()} + {@link #length()} only.
     *
     * @return the buffer, or null when nothing is claimed.
     */
    public MutableDirectBuffer buffer()
    {
        return buffer;
    }

    /**
     * Where the payload starts in the buffer.
     *
     * @return offset in bytes.
     */
    public int offset()
    {
        return offset;
    }

    /**
     * How long the payload is: all of it is sent.
     *
     * @return length in bytes.
     */
    public int length()
    {
        return length;
    }

    /**
     * Hand the message over to be sent.
     */
    public void commit()
    {
        release(true);
    }

    /**
     * Give the place back; nothing is sent.
     */
    public void abort()
    {
        release(false);
    }

    /**
     * For the engine: point this claim at claimed space.
     *
     * @param owner  told of the end of the claim.
     * @param buffer that holds the space.
     * @param offset of the payload.
     * @param length of the payload in bytes.
     */
    public void wrap(final Owner owner, final MutableDirectBuffer buffer, final int offset, final int length)
    {
        if (this.owner != null)
        {
            throw new IllegalStateException("claim is still open: commit or abort it before the next");
        }

        this.owner = owner;
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
    }

    private void release(final boolean commit)
    {
        final Owner owner = this.owner;
        if (owner == null)
        {
            throw new IllegalStateException("nothing is claimed");
        }

        this.owner = null;
        buffer = null;
        owner.onClaimEnd(offset, length, commit);
    }

    /**
     * For the engine: who gave the space.
     */
    @FunctionalInterface
    public interface Owner
    {
        /**
         * A claim ended.
         *
         * @param offset of the payload.
         * @param length of the payload.
         * @param commit true to send it, false to give it back.
         */
        void onClaimEnd(int offset, int length, boolean commit);
    }
}
