package io.venule.web.fleet;

import io.venule.order.OfferedCertificate;

/**
 * A certificate that a pump presents and was not enrolled with, for programs.
 *
 * @param since when it was first seen, in UTC
 */
public record Offer(String since, PublicCertificate certificate) {
    static Offer of(OfferedCertificate offered) {
        return new Offer(offered.since().toString(), PublicCertificate.of(offered.certificate()));
    }
}
