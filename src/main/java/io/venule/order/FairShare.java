package io.venule.order;

import java.util.Collection;

/**
 * How many pumps a server should have so that all have as many, give or take one.
 *
 * @param take how many more it may take
 * @param giveBack how many it should give back
 */
public record FairShare(int take, int giveBack) {
    /**
     * The share of one server.
     *
     * @param pumps how many pumps there are
     * @param own how many it has
     * @param others how many each of the other living servers has
     */
    public static FairShare of(int pumps, int own, Collection<Integer> others) {
        var servers = others.size() + 1;
        var least = pumps / servers;
        var most = least + (pumps % servers == 0 ? 0 : 1);
        // What does not come out even goes to whoever asks first, once nobody has too few.
        var someHaveTooFew = others.stream().anyMatch(held -> held < least);
        var wanted = someHaveTooFew ? least : most;
        return new FairShare(Math.max(0, wanted - own), Math.max(0, own - wanted));
    }
}
