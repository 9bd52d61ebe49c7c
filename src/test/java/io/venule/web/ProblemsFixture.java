package io.venule.web;

import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import java.security.SecureRandom;
import java.time.InstantSource;

/** The parts that refuse, outside a running application. */
public final class ProblemsFixture {
    private ProblemsFixture() {}

    public static Problems problems() {
        var request = new CurrentVertxRequest();
        var nobody =
                new Staff(QuarkusSecurityIdentity.builder().setAnonymous(true).build(), request);
        var shells = new Shells(request, nobody, InstantSource.system(), "Test", "training");
        return new Problems(shells, new SecureRandom());
    }

    public static Quantities members() {
        return new Quantities(problems());
    }
}
