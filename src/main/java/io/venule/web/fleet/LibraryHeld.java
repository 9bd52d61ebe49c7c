package io.venule.web.fleet;

import io.venule.druglibrary.LibraryVersion;
import io.venule.pump.Challenge.PumpLibrary;
import io.venule.web.Shown;

/**
 * The library release that a pump says it holds, beside the one that it should.
 *
 * @param word whether it is the right one
 * @param says which one it holds, and which one it should
 */
public record LibraryHeld(Shown look, String word, String says) {
    /** @param reached whether this pump has a session now, in which the library is brought to it */
    static LibraryHeld of(PumpLibrary held, LibraryVersion current, boolean reached) {
        if (isCurrent(held, current)) {
            return new LibraryHeld(
                    new Shown("good", "check-circle-fill"), "current", "Holds release " + held.counter());
        }
        var says = (held.counter() == 0 ? "Holds none" : "Holds release " + held.counter()) + ", current "
                + current.counter();
        if (held.counter() > current.counter()) {
            return new LibraryHeld(
                    new Shown("bad", "x-octagon-fill"),
                    "not the current one",
                    says + ": newer than this server's, so that none is sent");
        }
        return new LibraryHeld(
                new Shown("warn", "exclamation-triangle-fill"),
                "not the current one",
                says + (reached ? ": being sent" : ": sent as soon as the pump is reached"));
    }

    static boolean isCurrent(PumpLibrary held, LibraryVersion current) {
        return held.sha256().equals(current.sha256());
    }
}
