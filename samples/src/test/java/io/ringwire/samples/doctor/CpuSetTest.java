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
package io.ringwire.samples.doctor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CpuSetTest
{
    @ParameterizedTest
    @CsvSource({ "0,0", "'0,1,2','0-2'", "'8,0-3','0-3,8'", "'',none", "(null),none", "65535,65535" })
    void shouldReadLists(final String list, final String expected)
    {
        assertThat(CpuSet.ofList(list)).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({ "3,0-1", "0,none", "'00000001,00000000',32", "f0,4-7" })
    void shouldReadMasks(final String mask, final String expected)
    {
        assertThat(CpuSet.ofMask(mask)).hasToString(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = { "x", "1-", "-1", "3-1", "65536", "0-2147483647", "1.5", "0x3", "99999999999" })
    void shouldRefuseWhatIsNoList(final String list)
    {
        assertThatThrownBy(() -> CpuSet.ofList(list))
            .isInstanceOf(NumberFormatException.class).hasMessageContaining(list);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "g", "-1", "1 2" })
    void shouldRefuseWhatIsNoMask(final String mask)
    {
        assertThatThrownBy(() -> CpuSet.ofMask(mask)).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void shouldCompareAndCombine()
    {
        final CpuSet some = CpuSet.ofList("0-3");
        assertThat(some).isEqualTo(CpuSet.ofMask("f")).hasSameHashCodeAs(CpuSet.ofMask("f"));
        assertThat(some.and(CpuSet.ofList("2-5"))).hasToString("2-3");
        assertThat(some.or(CpuSet.ofList("2-5"))).hasToString("0-5");
        assertThat(some.without(CpuSet.ofList("2-5"))).hasToString("0-1");
        assertThat(some.count()).isEqualTo(4);
        assertThat(some.toArray()).containsExactly(0, 1, 2, 3);
    }
}
