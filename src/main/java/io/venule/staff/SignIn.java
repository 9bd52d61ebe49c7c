package io.venule.staff;

import java.time.Instant;

/** How and when a person proved who they are: the instant of authentication and its context class ({@code acr}). */
public record SignIn(Instant authenticatedAt, String contextClass) {}
