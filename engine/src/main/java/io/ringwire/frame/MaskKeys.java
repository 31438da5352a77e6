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

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.agrona.concurrent.UnsafeBuffer;

import static org.agrona.BitUtil.SIZE_OF_INT;

/**
 * Fresh unpredictable mask keys (RFC 6455 sections 5.3 and 10.3): the key stream of AES in counter mode, keyed once
 * from {@link SecureRandom}. Drawing a key is a load; one in {@value #KEYS_PER_BLOCK} also refills the block. One
 * instance belongs to one IO thread. Allocates only when made.
 */
public final class MaskKeys
{
    /** Small, so that the draw which refills is not felt: the whole refill costs about one frame's encoding. */
    private static final int KEYS_PER_BLOCK = 128;
    private static final int BLOCK_LENGTH = KEYS_PER_BLOCK * SIZE_OF_INT;
    private static final int AES_BLOCK_LENGTH = 16;

    private final byte[] zeros = new byte[BLOCK_LENGTH];
    private final byte[] block = new byte[BLOCK_LENGTH];
    private final UnsafeBuffer keys = new UnsafeBuffer(block);
    private final Cipher cipher;
    private int position = BLOCK_LENGTH;

    /**
     * Key a new stream from the platform's {@link SecureRandom}.
     */
    public MaskKeys()
    {
        final SecureRandom random = new SecureRandom();
        final byte[] key = new byte[AES_BLOCK_LENGTH];
        final byte[] counter = new byte[AES_BLOCK_LENGTH];
        random.nextBytes(key);
        random.nextBytes(counter);

        try
        {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(counter));
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException("every Java platform has AES/CTR/NoPadding, this one does not", ex);
        }
    }

    /**
     * The key for the next frame.
     *
     * @return any int, each as likely as any other, 0 too.
     */
    public int nextKey()
    {
        if (BLOCK_LENGTH == position)
        {
            refill();
        }

        final int key = keys.getInt(position);
        position += SIZE_OF_INT;
        return key;
    }

    private void refill()
    {
        try
        {
            cipher.update(zeros, 0, BLOCK_LENGTH, block, 0);
        }
        catch (final GeneralSecurityException ex)
        {
            throw new IllegalStateException("the output block is as long as the input", ex);
        }
        position = 0;
    }
}
