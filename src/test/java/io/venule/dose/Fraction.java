package io.venule.dose;

import java.math.BigInteger;

/** The oracle's own exact number, from text; shares nothing with the code it judges. */
record Fraction(BigInteger top, BigInteger bottom) implements Comparable<Fraction> {
    static Fraction of(String decimal) {
        var point = decimal.indexOf('.');
        if (point < 0) {
            return new Fraction(new BigInteger(decimal), BigInteger.ONE);
        }
        var digits = decimal.substring(0, point) + decimal.substring(point + 1);
        return new Fraction(new BigInteger(digits), BigInteger.TEN.pow(decimal.length() - point - 1));
    }

    static Fraction of(long whole) {
        return new Fraction(BigInteger.valueOf(whole), BigInteger.ONE);
    }

    Fraction times(Fraction other) {
        return new Fraction(top.multiply(other.top), bottom.multiply(other.bottom));
    }

    Fraction over(Fraction other) {
        return new Fraction(top.multiply(other.bottom), bottom.multiply(other.top));
    }

    Fraction plus(Fraction other) {
        return new Fraction(top.multiply(other.bottom).add(other.top.multiply(bottom)), bottom.multiply(other.bottom));
    }

    BigInteger floor() {
        return top.divide(bottom);
    }

    /** Cut to {@code places} after the point, without zeros at the end. */
    String cut(int places) {
        var digits = top.multiply(BigInteger.TEN.pow(places)).divide(bottom).toString();
        var padded = "0".repeat(Math.max(0, places + 1 - digits.length())) + digits;
        var split = padded.length() - places;
        var text = padded.substring(0, split) + "." + padded.substring(split);
        return text.replaceFirst("0+$", "").replaceFirst("\\.$", "");
    }

    @Override
    public int compareTo(Fraction other) {
        return top.multiply(other.bottom).compareTo(other.top.multiply(bottom));
    }
}
