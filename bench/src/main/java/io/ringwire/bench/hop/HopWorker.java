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
package io.ringwire.bench.hop;

import io.ringwire.bench.child.ChildJvm;

/**
 * The main class of a JVM that measures one carrier: nothing but its code is in the profiles of the compiler. Prints a
 * line for each length of messages.
 */
final class HopWorker
{
    static final String RESULT = "hop";

    private HopWorker()
    {
    }

    /**
     * Measure.
     *
     * @param args carrier, bytes of memory, messages, yield or spin, and the lengths.
     * @throws InterruptedException if the thread is interrupted.
     */
    public static void main(final String[] args) throws InterruptedException
    {
        ChildJvm.endWithParent();
        final CarrierKind kind = CarrierKind.of(args[0]);
        final int memoryLength = Integer.parseInt(args[1]);
        final long messages = Long.parseLong(args[2]);
        final Runnable idle = Boolean.parseBoolean(args[3]) ? Thread::yield : Thread::onSpinWait;
        for (int i = 4; i < args.length; i++)
        {
            final int length = Integer.parseInt(args[i]);
            final HopFigures figures = new HopTrial(() -> kind.make(memoryLength), length, idle).run(messages);
            System.out.println(RESULT + ' ' + length + ' ' + figures.format());
        }
    }
}
