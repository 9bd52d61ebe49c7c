# Finds a JDK 25 and an installed Maven; sourced by the commands in ops/.
# JAVA_HOME wins when it is a JDK 25; then the usual folders.

is_jdk_25() {
    [ -x "$1/bin/javac" ] && [ -f "$1/release" ] && grep -q '^JAVA_VERSION="25[."]' "$1/release"
}

find_jdk() {
    local candidate on_path
    on_path=$(command -v javac 2>/dev/null || true)
    [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path")")")
    for candidate in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -n "$candidate" ] && is_jdk_25 "$candidate"; then
            export JAVA_HOME="$candidate"
            return 0
        fi
    done
    echo "No JDK 25 found: install one (on Debian: apt-get install temurin-25-jdk or openjdk-25-jdk) or set JAVA_HOME to it." >&2
    return 1
}

find_maven() {
    if ! command -v mvn >/dev/null 2>&1; then
        echo "No Maven found: install 3.8.6 or later (on Debian: apt-get install maven)." >&2
        return 1
    fi
}
