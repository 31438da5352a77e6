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

import org.knowm.xchart.internal.chartpart.Annotation;

import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.font.TextLayout;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;

/**
 * The tick of 50%, which stands between those that XChart draws of itself, 0% and 90%.
 */
final class HalfMark extends Annotation
{
    private static final double NINES = Math.log10(2);
    private static final double MAX_END_NINES = 8; // beyond, there is no room for the label

    private static final double MARK_LENGTH = 3;
    private static final double LABEL_DISTANCE = 8; // the labels of XChart stand so far below the plot

    private final double endNines;

    HalfMark(final double endNines)
    {
        super(false);
        this.endNines = endNines;
    }

    @Override
    public void paint(final Graphics2D graphics)
    {
        if (endNines <= MAX_END_NINES)
        {
            final double x = getXAxisScreenValue(NINES);
            final double bottom = getYAxisScreenValueForMax();
            graphics.setColor(ChartStyle.FRAME);
            graphics.draw(new Line2D.Double(x, bottom, x, bottom + MARK_LENGTH));

            final Font font = styler.getBaseFont();
            final Shape label = new TextLayout("50%", font, graphics.getFontRenderContext()).getOutline(null);
            final Rectangle2D box = label.getBounds2D();
            graphics.setColor(ChartStyle.INK);
            graphics.fill(AffineTransform.getTranslateInstance(
                x - box.getWidth() / 2, bottom + LABEL_DISTANCE - box.getY()).createTransformedShape(label));
        }
    }
}
