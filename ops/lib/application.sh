# Sets CLASS_PATH to the packaged application or, before packaging, to the compiled classes with their few libraries.
# To be sourced after ROOT is set to the project's folder.

venule_class_path() {
    app=$ROOT/target/quarkus-app
    if [ -d "$app/app" ] && [ -d "$app/lib/main" ] && [ -z "${VENULE_CLASSES:-}" ]; then
        CLASS_PATH=
        for jar in "$app"/app/*.jar; do
            CLASS_PATH=$CLASS_PATH$jar:
        done
        CLASS_PATH="$CLASS_PATH$app/lib/main/*"
        return 0
    fi
    if [ -d "$ROOT/target/classes/io/venule/signing" ]; then
        repository=${MAVEN_REPO_LOCAL:-${HOME:-}/.m2/repository}
        CLASS_PATH=$ROOT/target/classes
        for jar in "$repository"/org/bouncycastle/bcprov-jdk18on/*/bcprov-*.jar \
            "$repository"/org/bouncycastle/bcpkix-jdk18on/*/bcpkix-*.jar \
            "$repository"/org/bouncycastle/bcutil-jdk18on/*/bcutil-*.jar \
            "$repository"/com/fasterxml/jackson/core/jackson-core/*/jackson-core-*.jar; do
            if [ -f "$jar" ]; then
                CLASS_PATH=$CLASS_PATH:$jar
            fi
        done
        return 0
    fi
    echo "Nothing built yet. Run: mvn -DskipTests package" >&2
    return 1
}

venule_class_path || exit 3
