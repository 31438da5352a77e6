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

import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What VectorGraphics2D has drawn, made small and fit for a page: pieces of a line become one line, coordinates keep
 * two decimals, and neither a document type nor an unused name space points to the net.
 */
final class SvgDrawing
{
    private static final Pattern DECIMALS = Pattern.compile("(\\.\\d{2})\\d+");
    private static final Pattern CLIP = Pattern.compile("clip(-?\\d+)\\b");

    private final String text;
    private final String width;
    private final String height;

    private SvgDrawing(final String text, final String width, final String height)
    {
        this.text = text;
        this.width = width;
        this.height = height;
    }

    static SvgDrawing parse(final byte[] bytes) throws IOException
    {
        try
        {
            final DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            final Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
            final Element root = document.getDocumentElement();
            final String width = root.getAttribute("width").replace("px", "");
            final String height = root.getAttribute("height").replace("px", "");
            for (final String attribute : List.of("xmlns", "xmlns:xlink", "version", "x", "y", "width", "height"))
            {
                root.removeAttribute(attribute);
            }

            tidy(root);
            return new SvgDrawing(content(document), width, height);
        }
        catch (final ParserConfigurationException | SAXException | TransformerException ex)
        {
            throw new IllegalStateException("VectorGraphics2D has written an SVG that cannot be read", ex);
        }
    }

    String file()
    {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height +
            "\" viewBox=\"0 0 " + width + " " + height + "\">\n" + text + "</svg>\n";
    }

    // Clip paths are named by what they are, and so alike in charts of one size; a page needs names of its own.
    String inline(final String name, final String title)
    {
        String coloured = CLIP.matcher(text).replaceAll("clip-" + name + "$1");
        coloured = coloured.replace(css(ChartStyle.PAPER), "var(--paper)")
            .replace(css(ChartStyle.INK), "var(--ink)")
            .replace(css(ChartStyle.FRAME), "var(--frame)")
            .replace(css(ChartStyle.GRID), "var(--grid)");
        for (int i = 0; i < ChartStyle.SERIES.size(); i++)
        {
            coloured = coloured.replace(css(ChartStyle.SERIES.get(i)), "var(--series-" + i + ")");
        }

        return "<svg role=\"img\" aria-label=\"" + Html.escape(title) + "\" viewBox=\"0 0 " + width + " " + height +
            "\">\n" + coloured + "</svg>\n";
    }

    private static String css(final Color colour)
    {
        return "rgb(" + colour.getRed() + "," + colour.getGreen() + "," + colour.getBlue() + ")";
    }

    private static void tidy(final Element element)
    {
        for (int i = 0; i < element.getAttributes().getLength(); i++)
        {
            final Node attribute = element.getAttributes().item(i);
            attribute.setNodeValue(DECIMALS.matcher(attribute.getNodeValue()).replaceAll("$1"));
        }

        Element before = null;
        for (final Node child : children(element))
        {
            if (child instanceof Element)
            {
                tidy((Element)child);
                before = join(before, (Element)child);
            }
            else
            {
                element.removeChild(child);
            }
        }
    }

    private static List<Node> children(final Element element)
    {
        final List<Node> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling())
        {
            children.add(child);
        }

        return children;
    }

    // A line that begins where the one before it ends, in the same style, becomes a part of it. The last is returned.
    private static Element join(final Element before, final Element line)
    {
        if (!line.getTagName().equals("line"))
        {
            return line;
        }

        final String start = line.getAttribute("x1") + "," + line.getAttribute("y1");
        final String end = line.getAttribute("x2") + "," + line.getAttribute("y2");
        if (before != null && before.getAttribute("points").endsWith(" " + start) &&
            before.getAttribute("style").equals(line.getAttribute("style")))
        {
            before.setAttribute("points", before.getAttribute("points") + " " + end);
            line.getParentNode().removeChild(line);
            return before;
        }

        final Element polyline = line.getOwnerDocument().createElement("polyline");
        polyline.setAttribute("style", line.getAttribute("style"));
        polyline.setAttribute("points", start + " " + end);
        line.getParentNode().replaceChild(polyline, line);
        return polyline;
    }

    private static String content(final Document document) throws TransformerException
    {
        final TransformerFactory factory = TransformerFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        final Transformer transformer = factory.newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        final StringBuilder content = new StringBuilder();
        for (final Node child : children(document.getDocumentElement()))
        {
            final StringWriter writer = new StringWriter();
            transformer.transform(new DOMSource(child), new StreamResult(writer));
            content.append(writer).append('\n');
        }

        return content.toString();
    }
}
