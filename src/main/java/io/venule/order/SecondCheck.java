package io.venule.order;

import java.time.Duration;

/** How far the people who must look at an order have come, as it stands for one of them. */
public sealed interface SecondCheck {
    /** One person is enough. */
    record NotNeeded() implements SecondCheck {}

    /** Two must look; nobody has so far. */
    record Needed() implements SecondCheck {}

    /** This person has looked; someone else must. */
    record WaitsForAnother(FirstCheck yours) implements SecondCheck {}

    /** Someone else has looked; this person may be the second. */
    record Completes(FirstCheck theirs) implements SecondCheck {}

    /** This person signed in too long ago to be one of two. */
    record SignInTooOld(Duration atMost) implements SecondCheck {}
}
