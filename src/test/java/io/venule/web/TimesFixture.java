package io.venule.web;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.InstantSource;

/** Times as pages write them, outside a running application and with the settings' defaults. */
public final class TimesFixture {
    private TimesFixture() {}

    public static Times at(InstantSource clock) {
        var settings = new SmallRyeConfigBuilder()
                .withMapping(WebSettings.class)
                .build()
                .getConfigMapping(WebSettings.class);
        return new Times(clock, settings);
    }
}
