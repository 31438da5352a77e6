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
package io.ringwire.samples.operate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(60)
class ServeTest
{
    private static final String PID = Long.toString(ProcessHandle.current().pid());

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void shouldServeScrapesWhileEnginesComeAndGo() throws Exception
    {
        final OperatorRun run = OperatorRun.start("stat", "--dir", directory.toString(), "--serve", "0");
        run.awaitOut("^http://127\\.0\\.0\\.1:[1-9]\\d+/metrics\\n$");
        final URI uri = URI.create(run.out().strip());
        assertThat(Exposition.parse(get(uri).body()).value("ringwire_unreadable_files")).isZero();
        try (MadeUpEngine engine = new MadeUpEngine(directory))
        {
            final HttpResponse<String> response = get(uri);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type"))
                .contains("text/plain; version=0.0.4; charset=utf-8");
            final String file = engine.path().getFileName().toString();
            assertThat(Exposition.parse(response.body()).value("ringwire_messages_received_total",
                "pid", PID, "session", MadeUpEngine.SESSION, "session_id", "7", "file", file)).isEqualTo(1_234_567);
            engine.received().increment();
            assertThat(get(uri).body()).contains(" 1234568\n");
        }

        Files.write(directory.resolve("bad.counters"), new byte[3]);
        assertThat(get(uri).body()).contains("ringwire_unreadable_files 1\n").doesNotContain("session");
        get(uri);
        run.awaitErr("bad\\.counters is not");
        get(uri);
        assertThat(get(uri.resolve("/metrics/x")).statusCode()).isEqualTo(404);
        assertThat(client.send(
            HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.ofString("x")).build(),
            HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(405);
        assertThat(client.send(
            HttpRequest.newBuilder(uri).method("HEAD", HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
        run.interrupt();
        assertThat(run.exitCode()).isZero();
        assertThat(run.err().lines()).as("told once").singleElement().asString().contains("bad.counters");
    }

    @Test
    void shouldSayThatThePortIsTaken() throws Exception
    {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress()))
        {
            final String port = Integer.toString(taken.getLocalPort());
            final OperatorRun run = OperatorRun.of("stat", "--dir", directory.toString(), "--serve", port);
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err().lines()).singleElement().asString()
                .contains("--serve=" + port, "127.0.0.1:" + port, "Address already in use");
        }
    }

    private HttpResponse<String> get(final URI uri) throws Exception
    {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
