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
package io.ringwire.tls;

import io.netty.handler.ssl.NotSslRecordException;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * What a TLS connection came to grief of: the same classes whoever does TLS. The name stands in the reason of the
 * failed attempt, before the detail.
 */
public enum TlsFailure
{
    /** A certificate of the server is past its time. */
    CERTIFICATE_EXPIRED,

    /** The time of a certificate of the server has not come; one of the two clocks may be wrong. */
    CERTIFICATE_NOT_YET_VALID,

    /** The certificate of the server is for other hosts. */
    WRONG_HOST,

    /** The server's certificate leads to an issuer that is not trusted. */
    UNKNOWN_ISSUER,

    /** The server's certificate is signed with its own key and not trusted itself. */
    SELF_SIGNED,

    /** The server's certificate is not acceptable for another reason. */
    CERTIFICATE_REJECTED,

    /** None of the pinned keys is in the server's chain. */
    PIN_MISMATCH,

    /** No version of TLS in common. */
    NO_COMMON_PROTOCOL,

    /** No cipher suite, or no other parameter of the handshake, in common. */
    NO_COMMON_CIPHER,

    /** The server wants a certificate of the client, and none is configured. */
    CLIENT_CERTIFICATE_REQUIRED,

    /** The server does not take the certificate of the client. */
    CLIENT_CERTIFICATE_REFUSED,

    /** The server does not know the host name. */
    UNKNOWN_HOST,

    /** The server ended the handshake with another alert. */
    ALERT_RECEIVED,

    /** The server ended the connection in the middle of the handshake. */
    PEER_CLOSED,

    /** The server answered with something that is not TLS. */
    NOT_TLS,

    /** What was received breaks a rule of TLS. */
    PROTOCOL_ERROR;

    private static final int MAX_DEPTH = 16;
    private static final int ALERT_ERROR_OFFSET = 1000; // of BoringSSL's error codes for alerts received
    private static final Pattern JDK_ALERT = Pattern.compile("Received fatal alert: (\\w+)");
    private static final Pattern BORINGSSL_ERROR = Pattern.compile("error:([0-9a-fA-F]{8}):");

    /** RFC 8446 section 6 and RFC 5246 section 7.2. */
    private static final Map<Integer, String> ALERTS = Map.ofEntries(
        Map.entry(0, "close_notify"),
        Map.entry(10, "unexpected_message"),
        Map.entry(20, "bad_record_mac"),
        Map.entry(22, "record_overflow"),
        Map.entry(40, "handshake_failure"),
        Map.entry(42, "bad_certificate"),
        Map.entry(43, "unsupported_certificate"),
        Map.entry(44, "certificate_revoked"),
        Map.entry(45, "certificate_expired"),
        Map.entry(46, "certificate_unknown"),
        Map.entry(47, "illegal_parameter"),
        Map.entry(48, "unknown_ca"),
        Map.entry(49, "access_denied"),
        Map.entry(50, "decode_error"),
        Map.entry(51, "decrypt_error"),
        Map.entry(70, "protocol_version"),
        Map.entry(71, "insufficient_security"),
        Map.entry(80, "internal_error"),
        Map.entry(86, "inappropriate_fallback"),
        Map.entry(90, "user_canceled"),
        Map.entry(100, "no_renegotiation"),
        Map.entry(109, "missing_extension"),
        Map.entry(110, "unsupported_extension"),
        Map.entry(112, "unrecognized_name"),
        Map.entry(113, "bad_certificate_status_response"),
        Map.entry(115, "unknown_psk_identity"),
        Map.entry(116, "certificate_required"),
        Map.entry(120, "no_application_protocol"));

    /**
     * Did TLS fail, or something else?
     *
     * @param cause as caught.
     * @return true if this is a failure of TLS.
     */
    public static boolean isTls(final Throwable cause)
    {
        return find(cause, SSLException.class) != null;
    }

    /**
     * Is it about a certificate, the server's or ours? Then trying again will not mend it.
     *
     * @return true if so.
     */
    public boolean isCertificate()
    {
        return switch (this)
        {
            case CERTIFICATE_EXPIRED, CERTIFICATE_NOT_YET_VALID, WRONG_HOST, UNKNOWN_ISSUER, SELF_SIGNED,
                CERTIFICATE_REJECTED, PIN_MISMATCH, CLIENT_CERTIFICATE_REQUIRED, CLIENT_CERTIFICATE_REFUSED -> true;
            default -> false;
        };
    }

    /**
     * Say what went wrong.
     *
     * @param cause           as caught.
     * @param received        what the server said first, a character for a byte.
     * @param serverAccepted  true if the certificate of the server had been accepted: what comes later is about ours.
     * @param withCertificate true if the client has a certificate to show.
     * @return the failure and the detail.
     */
    static TlsFault explain(
        final Throwable cause, final String received, final boolean serverAccepted, final boolean withCertificate)
    {
        final TlsRejection rejection = find(cause, TlsRejection.class);
        if (rejection != null)
        {
            return rejection.failure().fault(rejection.getMessage());
        }

        if (find(cause, NotSslRecordException.class) != null)
        {
            return NOT_TLS.fault("the server answered '" + received.replaceAll("[^ -~]", ".") + "'" +
                (received.startsWith("HTTP/") ? ": is the port for ws?" : ""));
        }

        final String alert = alertOf(cause);
        if (alert != null)
        {
            return ofAlert(alert, serverAccepted, withCertificate)
                .fault("the server ended the handshake with alert " + alert);
        }

        final SSLException failure = find(cause, SSLException.class);
        if (failure == null || find(cause, ClosedChannelException.class) != null)
        {
            final boolean isReset = find(cause, IOException.class) != null &&
                find(cause, ClosedChannelException.class) == null;
            return PEER_CLOSED.fault(
                "the server ended the connection during the handshake" + (isReset ? ": " + cause.getMessage() : ""));
        }

        final String message = String.valueOf(failure.getMessage());
        return (isAboutVersion(message) ? NO_COMMON_PROTOCOL : PROTOCOL_ERROR).fault(message);
    }

    private TlsFault fault(final String detail)
    {
        return new TlsFault(this, "TLS failed, " + name() + ": " + detail);
    }

    private static TlsFailure ofAlert(
        final String alert, final boolean serverAccepted, final boolean withCertificate)
    {
        return switch (alert)
        {
            case "protocol_version", "inappropriate_fallback" -> NO_COMMON_PROTOCOL;
            case "insufficient_security" -> NO_COMMON_CIPHER;
            case "handshake_failure" -> serverAccepted ? ofClientCertificate(withCertificate) : NO_COMMON_CIPHER;
            case "certificate_required" -> CLIENT_CERTIFICATE_REQUIRED;
            case "bad_certificate", "unsupported_certificate", "certificate_revoked", "certificate_expired",
                "certificate_unknown", "unknown_ca", "access_denied", "decrypt_error" ->
                ofClientCertificate(withCertificate);
            case "unrecognized_name" -> UNKNOWN_HOST;
            default -> ALERT_RECEIVED;
        };
    }

    private static TlsFailure ofClientCertificate(final boolean withCertificate)
    {
        return withCertificate ? CLIENT_CERTIFICATE_REFUSED : CLIENT_CERTIFICATE_REQUIRED;
    }

    private static boolean isAboutVersion(final String message)
    {
        return message.contains("UNSUPPORTED_PROTOCOL") || message.contains("WRONG_VERSION_NUMBER") ||
            message.contains("protocol version") || message.contains("No appropriate protocol");
    }

    private static String alertOf(final Throwable cause)
    {
        Throwable t = cause;
        for (int depth = 0; t != null && depth < MAX_DEPTH; depth++)
        {
            final String message = String.valueOf(t.getMessage());
            final Matcher jdk = JDK_ALERT.matcher(message);
            if (jdk.find())
            {
                return jdk.group(1);
            }

            final Matcher boringSsl = BORINGSSL_ERROR.matcher(message);
            if (boringSsl.find())
            {
                final int reason = Integer.parseUnsignedInt(boringSsl.group(1), 16) & 0xfff;
                return ALERTS.get(reason - ALERT_ERROR_OFFSET);
            }

            t = t.getCause();
        }

        return null;
    }

    private static <T extends Throwable> T find(final Throwable cause, final Class<T> type)
    {
        Throwable t = cause;
        for (int depth = 0; t != null && depth < MAX_DEPTH; depth++)
        {
            if (type.isInstance(t))
            {
                return type.cast(t);
            }

            t = t.getCause();
        }

        return null;
    }
}
