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

// A server on the package ws whose behaviour is chosen by path and query. Usage: node ws-server.js HOST|PATH [KEY CERT]
// It prints "listening ADDRESS" when it is ready, then a line for each upgrade, end and error, and ends with its stdin.
'use strict';

const fs = require('fs');
const http = require('http');
const https = require('https');
const { WebSocketServer } = require('ws');

const behaviours =
{
    // every message back with its own type
    '/echo': (ws) => ws.on('message', (data, binary) => ws.send(data, { binary })),

    // every message back in as many fragments as asked for
    '/fragments': (ws, query) => ws.on('message', (data, binary) =>
    {
        const parts = Number(query.get('parts'));
        const size = Math.ceil(data.length / parts);
        for (let i = 0; i < parts; i++)
        {
            ws.send(data.subarray(i * size, (i + 1) * size), { binary, fin: i === parts - 1 });
        }
    }),

    // three fragments with pings between them, of which a client may answer the last only (RFC 6455 section 5.5.3)
    '/interleaved': (ws) => ws.on('message', () =>
    {
        ws.on('pong', (data) => String(data) === '2' && ws.send('pong ' + data));
        ws.send('one,', { fin: false });
        ws.ping('1');
        ws.send('two,', { fin: false });
        ws.ping('2');
        ws.send('three', { fin: true });
    }),

    // as many numbered messages as asked for
    '/burst': (ws, query) => ws.on('message', () =>
    {
        const padding = 'x'.repeat(Number(query.get('size')));
        for (let i = 0; i < Number(query.get('count')); i++)
        {
            ws.send(i + ':' + padding);
        }
    }),

    // as many zeros as asked for
    '/zeros': (ws, query) => ws.on('message', () => ws.send(Buffer.alloc(Number(query.get('size'))))),

    // a ping with what the message said; its pong comes back as a message
    '/ping': (ws) =>
    {
        ws.on('pong', (data) => ws.send(data, { binary: true }));
        ws.on('message', (data) => ws.ping(data));
    },

    // every message back, and pings all the time
    '/pings': (ws) =>
    {
        const timer = setInterval(() => ws.ping('all the time'), 5);
        ws.on('close', () => clearInterval(timer));
        ws.on('message', (data, binary) => ws.send(data, { binary }));
    },

    '/close': (ws, query) => ws.on('message', () =>
        query.has('code') ? ws.close(Number(query.get('code')), query.get('reason') || '') : ws.close()),

    '/drop': (ws) => ws.on('message', () => ws.terminate()),

    // bytes before the client has said a word, which may share a segment with the 101
    '/greet': (ws) => ws.send('welcome'),

    // what the client asked for, as it was on the wire; a message drops the connection
    '/request': (ws, query, request) =>
    {
        ws.send(JSON.stringify({ url: request.url, headers: request.rawHeaders }));
        ws.on('message', () => ws.terminate());
    }
};

const parameters = (query) => !query.has('deflate') ? false :
{
    serverNoContextTakeover: query.has('serverNoContextTakeover') || undefined,
    clientNoContextTakeover: query.has('clientNoContextTakeover') || undefined,
    serverMaxWindowBits: query.has('serverMaxWindowBits') ? Number(query.get('serverMaxWindowBits')) : undefined,
    clientMaxWindowBits: query.has('clientMaxWindowBits') ? Number(query.get('clientMaxWindowBits')) : undefined,
    threshold: Number(query.get('threshold') || 0)
};

// Prints the header of each frame that the client sends: ws keeps them to itself.
function tap(socket)
{
    let bytes = Buffer.alloc(0);
    socket.on('data', (chunk) =>
    {
        bytes = Buffer.concat([bytes, chunk]);
        while (bytes.length >= 2)
        {
            const short = bytes[1] & 0x7f;
            const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
            if (bytes.length < 2 + extended)
            {
                break;
            }

            const length = extended === 2 ? bytes.readUInt16BE(2) :
                extended === 8 ? Number(bytes.readBigUInt64BE(2)) : short;
            const size = 2 + extended + 4 + length;
            if (bytes.length < size)
            {
                break;
            }

            console.log(`frame fin=${bytes[0] >> 7} rsv=${bytes[0] >> 4 & 7} opcode=${bytes[0] & 15} length=${length}`);
            bytes = bytes.subarray(size);
        }
    });
}

function onUpgrade(request, socket, head)
{
    const url = new URL(request.url, 'ws://any');
    const behaviour = behaviours[url.pathname];
    const wss = new WebSocketServer(
    {
        noServer: true,
        maxPayload: 256 * 1024 * 1024,
        perMessageDeflate: parameters(url.searchParams),
        handleProtocols: (offered) =>
            offered.has(url.searchParams.get('protocol')) ? url.searchParams.get('protocol') : false
    });
    if (behaviour === undefined)
    {
        socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
        return;
    }

    wss.handleUpgrade(request, socket, head, (ws) =>
    {
        console.log(`open ${request.url} [${ws.extensions}]`);
        if (url.searchParams.has('tap'))
        {
            tap(socket);
        }

        ws.on('error', (error) => console.log(`error ${url.pathname} ${error.code} ${error.message}`));
        ws.on('close', (code, reason) => console.log(`closed ${url.pathname} ${code} ${reason}`));
        behaviour(ws, url.searchParams, request);
    });
}

const [where, key, cert] = process.argv.slice(2);
const server = key === undefined ? http.createServer() :
    https.createServer({ key: fs.readFileSync(key), cert: fs.readFileSync(cert) });
const listening = () => console.log('listening ' + (server.address().port || server.address()));
server.on('upgrade', onUpgrade);
if (where.startsWith('/'))
{
    server.listen(where, listening);
}
else
{
    server.listen(0, where, listening);
}

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
