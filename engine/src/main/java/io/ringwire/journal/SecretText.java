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

import org.agrona.MutableDirectBuffer;

/**
 * Overwrites the values of secret keys in one text, in place and without allocating: its length stays. The text may
 * come in pieces.
 * <p>
 * In JSON, wherever in the text it stands and however deep it is nested: a string that is the value of a secret key
 * keeps its quotes and becomes stars, and any other value a string of stars of the same length, a single character the
 * number 0; in an object or array that is the value of a secret key, that holds for all values inside. So JSON stays
 * JSON. In strings, and in text that is no JSON: {@code key=value} up to the next {@code &}, {@code ;} or blank, the
 * value becomes stars. What follows an error in JSON is overwritten to the end of the text, since nobody can tell which
 * part of it is a value; so is what follows a secret key and a colon in text that is no JSON. Keys are compared as they
 * are meant, not as they are escaped. JSON that is escaped inside of a string is not looked into.
 * <p>
 * A number that is cut by the end of a piece ends there; blanks stand for the rest of it. One thread.
 */
final class SecretText
{
    static final byte STAR = '*';

    private static final int MAX_DEPTH = 256;
    private static final int HEX_DIGITS = 4;
    private static final int HEX_RADIX = 16;
    private static final int NONE = -1;

    private final SecretKeys keys;
    private final byte[] word; // the bytes since the last that cannot be of a key
    private final boolean[] isObject = new boolean[MAX_DEPTH]; // by depth of the containers that are open

    private State state;
    private int wordLength;
    private int depth;
    private int secretDepth; // of the outermost container that is the value of a secret key, or NONE
    private boolean isKey; // the string is a key
    private boolean isSecret; // the value that is read or comes next is a secret
    private boolean isSecretPart; // the value of key=value is
    private boolean wasSecretWord; // outside of JSON: the last word was a secret key, only quotes or blanks followed
    private boolean isSecretEscape; // the escape began in such a value
    private int escapeDigits; // that are missing
    private int escaped;
    private int bareStart; // index of the value that is no string and no container
    private boolean hasOverwritten;

    SecretText(final SecretKeys keys)
    {
        this.keys = keys;
        word = new byte[keys.maxLength() + 1]; // one more than any key: a word that is as long is none
        reset();
    }

    /** Begin with another text. */
    void reset()
    {
        state = State.PLAIN;
        wordLength = 0;
        depth = 0;
        secretDepth = NONE;
        isKey = false;
        isSecret = false;
        isSecretPart = false;
        wasSecretWord = false;
        hasOverwritten = false;
    }

    /**
     * Overwrite the secrets of the next piece.
     *
     * @param buffer that holds it.
     * @param offset of it.
     * @param length of it in bytes.
     * @return was there a secret in the text so far?
     */
    boolean redact(final MutableDirectBuffer buffer, final int offset, final int length)
    {
        final int limit = offset + length;
        bareStart = NONE;
        for (int index = offset; index < limit; index++)
        {
            final byte b = buffer.getByte(index);
            if (state.isInString)
            {
                if (!onStringByte(b))
                {
                    overwrite(buffer, index);
                }
            }
            else if (state == State.PLAIN)
            {
                onPlainByte(buffer, index, b);
            }
            else
            {
                onJsonByte(buffer, index, b);
            }
        }

        if (state == State.BARE && isSecret)
        {
            overwriteBare(buffer, limit);
            state = State.BARE_REST;
        }

        return hasOverwritten;
    }

    private void onPlainByte(final MutableDirectBuffer buffer, final int index, final byte b)
    {
        if (!isSecretPart && (b == '{' || b == '['))
        {
            onValue(buffer, index, b);
            return;
        }

        final boolean isSecretWord = wordLength > 0 ? keys.contains(word, wordLength) : wasSecretWord;
        wasSecretWord = isSecretWord && (b == '"' || b == '\'' || b == ' ');
        if (b == ':' && isSecretWord)
        {
            state = State.BROKEN;
            return;
        }

        final boolean wasSecretPart = isSecretPart;
        onCharacter(b);
        if (wasSecretPart && isSecretPart)
        {
            overwrite(buffer, index);
        }
    }

    /**
     * Read a byte of a string.
     *
     * @return may it stay?
     */
    private boolean onStringByte(final byte b)
    {
        if (state == State.ESCAPE)
        {
            onEscaped(b);
        }
        else if (state == State.UNICODE)
        {
            onHexDigit(b);
        }
        else if (b == '"')
        {
            onStringEnd();
            return true;
        }
        else if (b == '\\')
        {
            state = State.ESCAPE;
            isSecretEscape = isSecretPart;
        }
        else if (b >= 0 && b < ' ')
        {
            state = State.BROKEN;
        }
        else
        {
            final boolean wasSecretPart = isSecretPart;
            onCharacter(b);
            return !isSecretString() && !(wasSecretPart && isSecretPart);
        }

        return state != State.BROKEN && !isSecretString() && !isSecretEscape;
    }

    private boolean isSecretString()
    {
        return isSecret && !isKey;
    }

    private void onStringEnd()
    {
        isSecretPart = false;
        if (isKey)
        {
            isSecret = secretDepth != NONE || keys.contains(word, wordLength);
            state = State.COLON;
        }
        else
        {
            onValueEnd();
        }
    }

    private void onEscaped(final byte b)
    {
        state = State.STRING;
        switch (b)
        {
            case '"', '\\', '/' -> onCharacter(b);
            case 'b', 'f', 'n', 'r', 't' -> onCharacter((byte)' ');
            case 'u' ->
            {
                state = State.UNICODE;
                escapeDigits = HEX_DIGITS;
                escaped = 0;
            }
            default -> state = State.BROKEN;
        }
    }

    private void onHexDigit(final byte b)
    {
        final int digit = Character.digit(b, HEX_RADIX);
        if (digit < 0)
        {
            state = State.BROKEN;
            return;
        }

        escaped = escaped << 4 | digit;
        escapeDigits--;
        if (escapeDigits == 0)
        {
            state = State.STRING;
            if (escaped < 0x80)
            {
                onCharacter((byte)escaped);
            }
            else
            {
                if (escaped < 0x800)
                {
                    addToWord(0xC0 | escaped >> 6);
                }
                else
                {
                    addToWord(0xE0 | escaped >> 12);
                    addToWord(0x80 | escaped >> 6 & 0x3F);
                }

                addToWord(0x80 | escaped & 0x3F);
            }
        }
    }

    /** Read a character of a string, or of text that is no JSON. */
    private void onCharacter(final byte b)
    {
        if (b >= 0 && b <= ' ' || b == '&' || b == ';' || (b == '?' || b == '"') && !isSecretPart)
        {
            wordLength = 0;
            isSecretPart = false;
        }
        else if (b == '=')
        {
            isSecretPart |= keys.contains(word, wordLength);
            wordLength = 0;
        }
        else
        {
            addToWord(b);
        }
    }

    private void addToWord(final int b)
    {
        if (wordLength < word.length)
        {
            word[wordLength++] = (byte)b;
        }
    }

    private void onJsonByte(final MutableDirectBuffer buffer, final int index, final byte b)
    {
        if ((state == State.BARE || state == State.BARE_REST) && !isBare(b))
        {
            if (state == State.BARE && isSecret)
            {
                overwriteBare(buffer, index);
            }

            onValueEnd();
        }

        switch (state)
        {
            case BROKEN -> overwrite(buffer, index);
            case BARE -> bareStart = bareStart == NONE ? index : bareStart;
            case BARE_REST -> buffer.putByte(index, (byte)' ');
            default ->
            {
                if (b != ' ' && b != '\n' && b != '\r' && b != '\t' && !onToken(buffer, index, b))
                {
                    state = State.BROKEN;
                    overwrite(buffer, index);
                }
            }
        }
    }

    private boolean onToken(final MutableDirectBuffer buffer, final int index, final byte b)
    {
        switch (state)
        {
            case FIRST_KEY, KEY ->
            {
                if (b == '"')
                {
                    beginString(true);
                    return true;
                }

                return b == '}' && state == State.FIRST_KEY && onClose(true);
            }
            case COLON ->
            {
                state = State.VALUE;
                return b == ':';
            }
            case BEHIND_DOCUMENT ->
            {
                return (b == '{' || b == '[') && onValue(buffer, index, b);
            }
            case FIRST_VALUE, VALUE ->
            {
                return b == ']' && state == State.FIRST_VALUE ? onClose(false) : onValue(buffer, index, b);
            }
            case BEHIND_VALUE ->
            {
                if (b == ',')
                {
                    state = isObject[depth - 1] ? State.KEY : State.VALUE;
                    isSecret = secretDepth != NONE;
                    return true;
                }

                return (b == '}' || b == ']') && onClose(b == '}');
            }
            default ->
            {
                return false;
            }
        }
    }

    private boolean onValue(final MutableDirectBuffer buffer, final int index, final byte b)
    {
        if (b == '"')
        {
            beginString(false);
        }
        else if (b == '{' || b == '[')
        {
            if (depth == MAX_DEPTH)
            {
                return false;
            }

            isObject[depth] = b == '{';
            if (isSecret && secretDepth == NONE)
            {
                secretDepth = depth;
            }

            depth++;
            state = b == '{' ? State.FIRST_KEY : State.FIRST_VALUE;
        }
        else if (b == '-' || b >= '0' && b <= '9' || b == 't' || b == 'f' || b == 'n')
        {
            bareStart = index;
            state = State.BARE;
        }
        else
        {
            return false;
        }

        return true;
    }

    private void beginString(final boolean isKey)
    {
        this.isKey = isKey;
        wordLength = 0;
        state = State.STRING;
    }

    private boolean onClose(final boolean isObjectsEnd)
    {
        if (isObject[depth - 1] != isObjectsEnd)
        {
            return false;
        }

        depth--;
        if (depth == secretDepth)
        {
            secretDepth = NONE;
        }

        onValueEnd();
        return true;
    }

    private void onValueEnd()
    {
        isSecret = secretDepth != NONE;
        wordLength = 0;
        state = depth == 0 ? State.BEHIND_DOCUMENT : State.BEHIND_VALUE;
    }

    private void overwrite(final MutableDirectBuffer buffer, final int index)
    {
        buffer.putByte(index, STAR);
        hasOverwritten = true;
    }

    private void overwriteBare(final MutableDirectBuffer buffer, final int end)
    {
        hasOverwritten = true;
        if (end - bareStart == 1)
        {
            buffer.putByte(bareStart, (byte)'0');
            return;
        }

        buffer.setMemory(bareStart + 1, end - bareStart - 2, STAR);
        buffer.putByte(bareStart, (byte)'"');
        buffer.putByte(end - 1, (byte)'"');
    }

    private static boolean isBare(final byte b)
    {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '.' || b == '+' || b == '-';
    }

    private enum State
    {
        PLAIN(false),
        FIRST_KEY(false),
        KEY(false),
        COLON(false),
        FIRST_VALUE(false),
        VALUE(false),
        BEHIND_VALUE(false),
        BARE(false),
        BARE_REST(false),
        BEHIND_DOCUMENT(false),
        BROKEN(false),
        STRING(true),
        ESCAPE(true),
        UNICODE(true);

        final boolean isInString;

        State(final boolean isInString)
        {
            this.isInString = isInString;
        }
    }
}
