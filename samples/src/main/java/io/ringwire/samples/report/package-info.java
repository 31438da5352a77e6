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
/**
 * {@code ringwire report}: HdrHistogram interval logs as one page of charts. The library's users can make pages of
 * their own from {@link io.ringwire.samples.report.LatencySeries},
 * {@link io.ringwire.samples.report.PercentileChart}, {@link io.ringwire.samples.report.TimelineChart} and
 * {@link io.ringwire.samples.report.ReportPage}. Owned by the thread that calls; nothing here is for the path of a
 * message.
 */
package io.ringwire.samples.report;
