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
package io.ringwire.journal;

import org.agrona.DirectBuffer;

import java.io.IOException;

/**
 * Gives records in the layout of {@link io.ringwire.tape.RecordLayout}, one after the other, with their times counted
 * from 1970. Owner: its caller's thread.
 */
public interface RecordSource extends AutoCloseable
{
    /**
     * Go to the next record. What {@link #buffer()} held before is gone.
     *
     * @return false if there is none.
     * @throws IOException in one line, if it cannot be read.
     */
    boolean next() throws IOException;

    /** {@return what holds the record, until the next} */
    DirectBuffer buffer();

    /** {@return where the record begins} */
    int offset();

    /** {@return how long the record is in bytes, header included} */
    int length();

    @Override
    void close();
}
