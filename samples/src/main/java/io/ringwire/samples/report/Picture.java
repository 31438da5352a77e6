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

import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;

import javax.imageio.ImageIO;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * A chart as files and as a part of a page. Letters are drawn as outlines: a reader needs no font.
 */
public final class Picture
{
    private static final int PNG_SCALE = 2; // dots for each unit of the chart, so that it is sharp on any screen

    private final String name;
    private final XYChart chart;
    private final SvgDrawing svg;

    /**
     * Draw a chart.
     *
     * @param name  of its files, without an extension: letters, digits, dots and hyphens.
     * @param chart to draw.
     * @throws IOException if it cannot be drawn.
     */
    public Picture(final String name, final XYChart chart) throws IOException
    {
        this.name = name;
        this.chart = chart;
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, bytes, VectorGraphicsFormat.SVG);
        svg = SvgDrawing.parse(bytes.toByteArray());
    }

    /** {@return the name of its files, without an extension} */
    public String name()
    {
        return name;
    }

    /** {@return the title of the chart} */
    public String title()
    {
        return chart.getTitle();
    }

    /** {@return an SVG file in the colours of a light page} */
    public String svg()
    {
        return svg.file();
    }

    /** {@return an svg element for a page, in colours of {@link ReportPage}'s style sheet, as wide as there is room} */
    public String inlineSvg()
    {
        return svg.inline(name, title());
    }

    /**
     * Encode a PNG.
     *
     * @return the bytes of the file.
     * @throws IOException if this JDK has no encoder.
     */
    public byte[] png() throws IOException
    {
        final BufferedImage image = new BufferedImage(
            chart.getWidth() * PNG_SCALE, chart.getHeight() * PNG_SCALE, BufferedImage.TYPE_INT_RGB);
        final Graphics2D graphics = image.createGraphics();
        graphics.scale(PNG_SCALE, PNG_SCALE);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.dispose();

        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", bytes))
        {
            throw new IOException("this JDK cannot write PNG: leave the pictures out with --no-images");
        }

        return bytes.toByteArray();
    }
}
