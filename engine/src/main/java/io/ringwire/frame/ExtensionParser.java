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

/**
 * Reads a {@code Sec-WebSocket-Extensions} header (RFC 6455 section 9.1) from left to right. Blanks may stand between
 * any two tokens, and elements of the list may be empty (RFC 2616 section 2.1).
 */
final class ExtensionParser
{
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private final String header;
    private int position;
    private String name;
    private String value;

    ExtensionParser(final String header)
    {
        this.header = header;
    }

    /**
     * Name of the next extension, null if there is none. To be called at the begin and after the last parameter.
     */
    String nextExtension() throws SyntaxException
    {
        while (skip(','))
        {
            continue;
        }
        return header.length() == position ? null : token("an extension");
    }

    /**
     * Go on to the next parameter of the extension.
     */
    boolean nextParameter() throws SyntaxException
    {
        if (skip(';'))
        {
            name = token("a parameter");
            value = skip('=') ? parameterValue() : null;
            return true;
        }

        if (position < header.length() && ',' != header.charAt(position))
        {
            throw syntax("a comma or semicolon");
        }
        return false;
    }

    String name()
    {
        return name;
    }

    /**
     * Value of the parameter without its quotes, null if it has none.
     */
    String value()
    {
        return value;
    }

    private String parameterValue() throws SyntaxException
    {
        if (position == header.length() || '"' != header.charAt(position))
        {
            return token("a value");
        }

        position++;
        final StringBuilder unquoted = new StringBuilder();
        while (position < header.length() && '"' != header.charAt(position))
        {
            if ('\\' == header.charAt(position) && ++position == header.length())
            {
                break;
            }
            unquoted.append(header.charAt(position++));
        }

        if (position == header.length())
        {
            throw syntax("the closing quote");
        }
        position++;
        skipBlanks();
        if (unquoted.length() == 0 || !unquoted.chars().allMatch(ExtensionParser::isTokenCharacter))
        {
            throw new SyntaxException("quoted value is not a token: \"" + unquoted + '"');
        }
        return unquoted.toString();
    }

    private String token(final String expected) throws SyntaxException
    {
        final int begin = position;
        while (position < header.length() && isTokenCharacter(header.charAt(position)))
        {
            position++;
        }

        if (begin == position)
        {
            throw syntax(expected);
        }
        final String token = header.substring(begin, position);
        skipBlanks();
        return token;
    }

    private boolean skip(final char separator)
    {
        skipBlanks();
        if (position < header.length() && separator == header.charAt(position))
        {
            position++;
            skipBlanks();
            return true;
        }
        return false;
    }

    private void skipBlanks()
    {
        while (position < header.length() && (' ' == header.charAt(position) || '\t' == header.charAt(position)))
        {
            position++;
        }
    }

    private SyntaxException syntax(final String expected)
    {
        return new SyntaxException("expected " + expected + (header.length() == position ?
            " at the end" : " instead of '" + header.charAt(position) + '\'') + ": " + header);
    }

    private static boolean isTokenCharacter(final int c)
    {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || TOKEN_MARKS.indexOf(c) >= 0;
    }

    /**
     * The header does not follow the grammar.
     */
    static final class SyntaxException extends Exception
    {
        private static final long serialVersionUID = 1;

        SyntaxException(final String message)
        {
            super(message);
        }
    }
}
