package io.venule.web;

import io.venule.stack.VenuleStack;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** What tests of pages begin and end with: the ward at work on the stack that they were given, and a browser before it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AtScreens {
    @Nullable
    VenuleStack stack;

    private @Nullable Screens screens;

    @BeforeAll
    void openScreens() throws IOException, InterruptedException {
        screens = Screens.on(stack);
    }

    @AfterEach
    void closeWindows() {
        screens().chromium().closeWindows();
    }

    @AfterAll
    void closeScreens() {
        screens().close();
    }

    Screens screens() {
        return Objects.requireNonNull(screens);
    }
}
