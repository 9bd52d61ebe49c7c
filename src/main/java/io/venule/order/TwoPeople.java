package io.venule.order;

import io.venule.order.OrderSigner.Approvers;
import io.venule.staff.StaffMember;
import java.time.Duration;
import java.time.InstantSource;

/** Says who else must look before an order goes. Source: invariant 7. */
final class TwoPeople {
    /** How long ago each of two people may have signed in: a screen left open is nobody's eyes. Source: promise P-22. */
    static final Duration SIGN_IN_AT_MOST = Duration.ofMinutes(5);

    private final FirstChecks checks;
    private final InstantSource clock;

    TwoPeople(FirstChecks checks, InstantSource clock) {
        this.checks = checks;
        this.clock = clock;
    }

    /** Takes away the first check that these approvals rest on; no where another order was faster. One person alone needs none. */
    boolean use(Approvers approvers) {
        return approvers.first().isEmpty()
                || checks.of(approvers.sender().displayed()).filter(checks::use).isPresent();
    }

    SecondCheck standing(boolean needed, String displayed, StaffMember person) {
        if (!needed) {
            return new SecondCheck.NotNeeded();
        }
        var now = clock.instant();
        if (Duration.between(person.signIn().authenticatedAt(), now).compareTo(SIGN_IN_AT_MOST) > 0) {
            return new SecondCheck.SignInTooOld(SIGN_IN_AT_MOST);
        }
        return checks.of(displayed)
                .filter(check -> check.holdsAt(now))
                .<SecondCheck>map(check ->
                        check.isBy(person) ? new SecondCheck.WaitsForAnother(check) : new SecondCheck.Completes(check))
                .orElseGet(SecondCheck.Needed::new);
    }
}
