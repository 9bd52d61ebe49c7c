package io.venule.web;

import java.util.List;
import java.util.stream.Stream;

/** Who looks at which page; together every page, the empty and the refused ones too. Placeholders stand for what the running ward has. */
record Visit(String user, String path) {
    /** In place of it stands the identifier of an order that reached a pump. */
    static final String ORDER = "{order}";

    static List<Visit> all() {
        return Stream.of(
                        of("", "/problems", "/problems/wrong-pairing", "/signed-out"),
                        of(
                                "nurse",
                                "/",
                                "/bedside",
                                "/bedside/orders/" + ORDER,
                                "/fleet",
                                "/fleet?q=nothing-like-it",
                                "/fleet/RK-00004",
                                "/library",
                                "/library?q=heparin",
                                "/library?q=nothing-like-it",
                                "/library/entry?id=norepinephrine/adult-icu/premix",
                                "/audit/orders/" + ORDER),
                        of(
                                "pharmacist",
                                "/",
                                "/labels",
                                "/library/recalls",
                                "/library/lot?lot=DEMO1",
                                "/library/releases",
                                "/library/drafts",
                                "/library/what-if"),
                        of("biomed", "/", "/fleet/LV-00001"),
                        of(
                                "auditor",
                                "/",
                                "/audit",
                                "/audit?q=nothing-like-it",
                                "/audit?drug=norepi&kind=ORDER_APPROVED",
                                "/audit/entries/0"),
                        of("admin", "/"))
                .flatMap(List::stream)
                .toList();
    }

    /** The name of its picture. */
    String name() {
        var page = path.equals("/") ? "home" : path.substring(1);
        return (user.isEmpty() ? "anyone" : user) + "-"
                + page.replace(ORDER, "order").replaceAll("[^a-z0-9]+", "-");
    }

    @Override
    public String toString() {
        return path + " as " + (user.isEmpty() ? "anyone" : user);
    }

    private static List<Visit> of(String user, String... paths) {
        return Stream.of(paths).map(path -> new Visit(user, path)).toList();
    }
}
