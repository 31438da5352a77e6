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
package io.ringwire.ring;

/**
 * Where the fields of {@link MessageRing} lie in memory: those the producer writes with every message are kept off the
 * cache lines of their neighbours in the heap, which consumers read.
 */
final class MessageRingFields
{
    private MessageRingFields()
    {
    }

    abstract static class Left
    {
        long p00;
        long p01;
        long p02;
        long p03;
        long p04;
        long p05;
        long p06;
        long p07;
        long p08;
        long p09;
        long p10;
        long p11;
        long p12;
        long p13;
        long p14;
    }

    /**
     * Owned by the producer; no other thread reads them.
     */
    abstract static class Producer extends Left
    {
        /**
         * Last sequence given to a message or event, published or not.
         */
        long committed = -1;
        /**
         * Last known sequence that all consumers have released; the truth is never lower.
         */
        long gating = -1;
        /**
         * Absolute position at which the next message may start.
         */
        long tail;
        /**
         * Absolute position at which the oldest byte that must not be overwritten lies, as of {@link #gating}.
         */
        long head;
        /**
         * Absolute position of the open claim.
         */
        long claimStart;
        /**
         * Length of the open claim in bytes, or {@link MessageRing#NO_CLAIM}.
         */
        int claimLength = MessageRing.NO_CLAIM;
        /**
         * How many bytes of the open claim have been written.
         */
        int appended;
    }

    abstract static class Padded extends Producer
    {
        long p20;
        long p21;
        long p22;
        long p23;
        long p24;
        long p25;
        long p26;
        long p27;
        long p28;
        long p29;
        long p30;
        long p31;
        long p32;
        long p33;
        long p34;
    }
}
