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
package io.ringwire.samples.journal;

import io.ringwire.dialect.Dialect;
import io.ringwire.venue.JsonRpcDialect;
import io.ringwire.venue.binance.BinanceDialect;
import io.ringwire.venue.coinbase.CoinbaseDialect;
import io.ringwire.venue.deribit.DeribitDialect;
import io.ringwire.venue.kraken.KrakenV1Dialect;
import io.ringwire.venue.kraken.KrakenV2Dialect;

import java.util.function.Supplier;

/**
 * The dialects by their names on the command line.
 */
enum DialectName
{
    JSONRPC(JsonRpcDialect::new),
    DERIBIT(DeribitDialect::new),
    BINANCE(BinanceDialect::new),
    COINBASE(CoinbaseDialect::new),
    KRAKEN(KrakenV1Dialect::new),
    KRAKEN2(KrakenV2Dialect::new);

    private final Supplier<Dialect> maker;

    DialectName(final Supplier<Dialect> maker)
    {
        this.maker = maker;
    }

    Dialect dialect()
    {
        return maker.get();
    }
}
