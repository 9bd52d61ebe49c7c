package io.venule.web;

import java.util.List;

/**
 * What the frame around every page shows.
 *
 * @param path the page's address without query, to mark where one is
 * @param person name of the signed-in person; empty when nobody is
 * @param roles their roles in words
 * @param forms whether the frame may hold its forms: a request refused at the door has no protection token to put into them
 * @param now the server's clock in epoch milliseconds, to count down by it
 */
public record Shell(
        String path,
        String hospital,
        boolean training,
        String person,
        String roles,
        List<Place> places,
        Preferences preferences,
        boolean forms,
        long now) {
    /** One entry of the navigation. */
    public record Place(String name, String href, String icon, String key, boolean here) {}

    public boolean signedIn() {
        return !person.isEmpty();
    }
}
