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
package io.ringwire.bench.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * A socket's bytes as they are. Owner: the serving thread.
 */
final class PlainLink implements Link
{
    private final SocketChannel channel;

    PlainLink(final SocketChannel channel)
    {
        this.channel = channel;
    }

    @Override
    public int read(final ByteBuffer target) throws IOException
    {
        return channel.read(target);
    }

    @Override
    public boolean holdsInput()
    {
        return false;
    }

    @Override
    public void write(final ByteBuffer source) throws IOException
    {
        channel.write(source);
    }

    @Override
    public boolean flush()
    {
        return true;
    }

    @Override
    public void endOutput() throws IOException
    {
        channel.shutdownOutput();
    }

    @Override
    public void close() throws IOException
    {
        channel.close();
    }
}
