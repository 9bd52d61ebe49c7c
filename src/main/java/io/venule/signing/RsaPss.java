package io.venule.signing;

import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Makes RSA-PSS available under the names that OPC UA's {@code Aes256_Sha256_RsaPss} is implemented with; the JDK knows it by another name. */
public final class RsaPss {
    private RsaPss() {}

    /** Adds the provider behind all others, once; what the JDK provides stays the JDK's. */
    public static void install() {
        if (Security.getProvider(BouncyCastleProvider.PROVIDER_NAME) == null) {
            Security.addProvider(new BouncyCastleProvider());
        }
    }
}
