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

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The negotiation of RFC 7692 section 7.1 and the grammar of RFC 6455 section 9.1. {@code $} stands for the name of
 * the extension.
 */
class DeflateExtensionTest
{
    private static final DeflateExtension DEFAULT = extension(false, false, 15, 15);
    private static final DeflateExtension DEMANDING = extension(true, true, 10, 9);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "false | false | 15 | 15 | $; client_max_window_bits",
        "true  | false | 15 | 15 | $; server_no_context_takeover; client_max_window_bits",
        "false | true  | 15 | 15 | $; client_no_context_takeover; client_max_window_bits",
        "false | false |  8 | 15 | $; server_max_window_bits=8; client_max_window_bits",
        "false | false | 15 | 14 | $; client_max_window_bits=14",
        "true  | true  |  9 |  8 | $; server_no_context_takeover; client_no_context_takeover; " +
            "server_max_window_bits=9; client_max_window_bits=8"})
    void shouldOffer(
        final boolean serverNoTakeover,
        final boolean clientNoTakeover,
        final int serverBits,
        final int clientBits,
        final String offer)
    {
        assertThat(extension(serverNoTakeover, clientNoTakeover, serverBits, clientBits).offer())
            .isEqualTo(withName(offer));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\1', value = {
        "$                                                         | false | false | 15 | 15",
        "$;server_no_context_takeover                              | true  | false | 15 | 15",
        "$ ; client_no_context_takeover                            | false | true  | 15 | 15",
        "$; server_max_window_bits=8                               | false | false |  8 | 15",
        "$; server_max_window_bits=15                              | false | false | 15 | 15",
        "$; client_max_window_bits=8                               | false | false | 15 |  8",
        "$; client_max_window_bits = 15                            | false | false | 15 | 15",
        "$; client_max_window_bits=\"12\"                          | false | false | 15 | 12",
        "$; client_max_window_bits=\"1\\2\"                        | false | false | 15 | 12",
        ", ,\t$; client_max_window_bits=9;\tserver_max_window_bits=10, , | false | false | 10 | 9",
        "$; client_max_window_bits=14; client_no_context_takeover; server_max_window_bits=13; " +
            "server_no_context_takeover | true | true | 13 | 14"})
    void shouldAccept(
        final String header,
        final boolean serverNoTakeover,
        final boolean clientNoTakeover,
        final int serverBits,
        final int clientBits)
    {
        final DeflateExtension.Answer answer = DEFAULT.answer(withName(header));
        assertThat(answer.refusal()).isNull();
        assertThat(answer.parameters())
            .isEqualTo(new DeflateParameters(serverNoTakeover, clientNoTakeover, serverBits, clientBits));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\1', emptyValue = "", nullValues = "-", value = {
        ", ,                               | the header names no extension",
        "permessage-bzip2                  | extension permessage-bzip2 was not offered",
        "Permessage-Deflate                | extension Permessage-Deflate was not offered",
        "$, permessage-bzip2; level=9      | extension permessage-bzip2 was not offered",
        "$, $                              | $ was accepted twice",
        "$; level=9                        | unknown parameter level",
        "$; Client_Max_Window_Bits=9       | unknown parameter Client_Max_Window_Bits",
        "$; server_no_context_takeover; server_no_context_takeover | " +
            "parameter server_no_context_takeover stands there twice",
        "$; client_max_window_bits=9; client_max_window_bits=9     | " +
            "parameter client_max_window_bits stands there twice",
        "$; server_no_context_takeover=true | parameter server_no_context_takeover must have no value: true",
        "$; client_no_context_takeover=\"1\" | parameter client_no_context_takeover must have no value: 1",
        "$; client_max_window_bits         | parameter client_max_window_bits has no value",
        "$; server_max_window_bits         | parameter server_max_window_bits has no value",
        "$; server_max_window_bits=7       | parameter server_max_window_bits must be a number from 8 to 15: 7",
        "$; server_max_window_bits=16      | parameter server_max_window_bits must be a number from 8 to 15: 16",
        "$; server_max_window_bits=08      | parameter server_max_window_bits must be a number from 8 to 15: 08",
        "$; server_max_window_bits=+9      | parameter server_max_window_bits must be a number from 8 to 15: +9",
        "$; client_max_window_bits=-9      | parameter client_max_window_bits must be a number from 8 to 15: -9",
        "$; client_max_window_bits=010     | parameter client_max_window_bits must be a number from 8 to 15: 010",
        "$; client_max_window_bits=0x9     | parameter client_max_window_bits must be a number from 8 to 15: 0x9",
        "$; client_max_window_bits=99999999999 | " +
            "parameter client_max_window_bits must be a number from 8 to 15: 99999999999",
        "$;                                | expected a parameter at the end: $;",
        "$;;                               | expected a parameter instead of ';': $;;",
        "$; =9                             | expected a parameter instead of '=': $; =9",
        "$; server_max_window_bits=        | expected a value at the end: $; server_max_window_bits=",
        "$; server_max_window_bits=;       | expected a value instead of ';': $; server_max_window_bits=;",
        "$; server_max_window_bits=9 9     | expected a comma or semicolon instead of '9': " +
            "$; server_max_window_bits=9 9",
        "$; server_max_window_bits=\"9     | expected the closing quote at the end: $; server_max_window_bits=\"9",
        "$; server_max_window_bits=\"9\\   | expected the closing quote at the end: $; server_max_window_bits=\"9\\",
        "$; server_max_window_bits=\"\"    | quoted value is not a token: \"\"",
        "$; server_max_window_bits=\"9 \"  | quoted value is not a token: \"9 \"",
        "$; server_max_window_bits='9'     | parameter server_max_window_bits must be a number from 8 to 15: '9'",
        "$ server_no_context_takeover      | expected a comma or semicolon instead of 's': " +
            "$ server_no_context_takeover",
        "\"$\"                             | expected an extension instead of '\"': \"$\"",
        "$; server_no_context_takeöver     | expected a comma or semicolon instead of 'ö': " +
            "$; server_no_context_takeöver"})
    void shouldRefuse(final String header, final String reason)
    {
        final DeflateExtension.Answer answer = DEFAULT.answer(withName(header));
        assertThat(answer.parameters()).isNull();
        assertThat(answer.refusal()).isEqualTo(withName(reason));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "$ | server_no_context_takeover was asked for and is missing",
        "$; server_no_context_takeover | server_max_window_bits=10 was asked for and is missing",
        "$; server_no_context_takeover; server_max_window_bits=11 | " +
            "parameter server_max_window_bits=11 is more than the 10 offered",
        "$; server_no_context_takeover; server_max_window_bits=10; client_max_window_bits=10 | " +
            "parameter client_max_window_bits=10 is more than the 9 offered"})
    void shouldRefuseWhatWasAskedForAndNotGranted(final String header, final String reason)
    {
        assertThat(DEMANDING.answer(withName(header)).refusal()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "$; server_no_context_takeover; server_max_window_bits=10 | 10 | 9",
        "$; server_no_context_takeover; server_max_window_bits=8; client_max_window_bits=8 | 8 | 8"})
    void shouldHoldToItsOwnHints(final String header, final int serverBits, final int clientBits)
    {
        assertThat(DEMANDING.answer(withName(header)).parameters())
            .isEqualTo(new DeflateParameters(true, true, serverBits, clientBits));
    }

    @Test
    void shouldRefuseAnEmptyHeader()
    {
        assertThat(DEFAULT.answer("").refusal()).isEqualTo("the header names no extension");
    }

    private static String withName(final String text)
    {
        return text.replace("$", DeflateExtension.NAME);
    }

    private static DeflateExtension extension(
        final boolean serverNoTakeover, final boolean clientNoTakeover, final int serverBits, final int clientBits)
    {
        return new DeflateExtension(new DeflateParameters(serverNoTakeover, clientNoTakeover, serverBits, clientBits));
    }
}
