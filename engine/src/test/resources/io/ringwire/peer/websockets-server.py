# Copyright 2026 Ringwire contributors.
#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
# https://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.

"""A server on the package websockets: messages come back whole from /echo, a character each from /letters, /ping pings.

It prints "listening PORT" when it is ready, then a line for each end, and ends with its standard input.
"""
import asyncio
import sys

import websockets


async def serve(connection, path_and_query):
    path = path_and_query.split("?")[0]
    try:
        async for message in connection:
            if path == "/letters":
                await connection.send(list(message))
            elif path == "/ping":
                await (await connection.ping(message))
                await connection.send(message)
            else:
                await connection.send(message)
    finally:
        extensions = ",".join(extension.name for extension in connection.extensions)
        print(f"closed {path_and_query} {connection.close_code} {connection.close_reason} [{extensions}]")


async def main():
    async with websockets.serve(serve, "127.0.0.1", 0, max_size=None) as server:
        print("listening", server.sockets[0].getsockname()[1])
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


asyncio.run(main())
