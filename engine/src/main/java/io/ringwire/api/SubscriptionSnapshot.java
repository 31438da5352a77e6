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
package io.ringwire.api;

import java.util.Set;

/**
 * The channels of a session at one moment. Immutable.
 *
 * @param desired      asked for by the user and not rejected, in the order in which they are restored.
 * @param acknowledged by the venue on the connection of the moment; none without a connection.
 */
public record SubscriptionSnapshot(Set<String> desired, Set<String> acknowledged)
{
}
