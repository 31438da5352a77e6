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
package io.ringwire.samples.report;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.TextLayout;
import java.io.IOException;

/**
 * Does this machine have what labels are drawn with? A server often has not.
 */
final class Fonts
{
    private Fonts()
    {
    }

    static void require() throws IOException
    {
        try
        {
            final FontRenderContext context = new FontRenderContext(null, true, false);
            new TextLayout("0", new Font(Font.SANS_SERIF, Font.PLAIN, 12), context).getOutline(null);
        }
        catch (final RuntimeException | Error ex)
        {
            // By JDK and by what is missing: RuntimeException, LinkageError, InternalError or a plain Error.
            throw new IOException(
                "there is no font on this machine to draw labels with: install one, and the JDK's font libraries " +
                "(Debian: apt-get install fontconfig fonts-dejavu-core libfreetype6)", ex);
        }
    }
}
