package io.venule.order;

/** The id of one order to a pump: 128 bits as 32 lower-case hexadecimal digits. */
public record OrderId(String value) {
    public OrderId {
        if (!value.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException("not an order id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
