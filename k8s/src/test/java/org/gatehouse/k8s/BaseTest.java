package org.gatehouse.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Renders the base as kustomize does (it lists files, no more) and reads every document strictly. */
class BaseTest {

    private static final Path BASE = Path.of("base");
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "Namespace", Namespace.class,
            "ConfigMap", ConfigMap.class,
            "Deployment", Deployment.class,
            "Job", Job.class,
            "Service", Service.class,
            "ServiceAccount", ServiceAccount.class,
            "PodDisruptionBudget", PodDisruptionBudget.class,
            "NetworkPolicy", NetworkPolicy.class);

    private final List<Path> files = new ArrayList<>();
    private final List<HasMetadata> resources = render(BASE);

    @Test
    void everyFileIsListedByAKustomization() throws IOException {
        try (Stream<Path> all = Files.walk(BASE)) {
            Set<Path> unlisted = all.filter(path -> path.toString().endsWith(".yaml"))
                    .filter(path -> !path.endsWith("kustomization.yaml"))
                    .collect(Collectors.toCollection(TreeSet::new));
            files.forEach(unlisted::remove);
            assertThat(unlisted).isEmpty();
        }
    }

    @Test
    void everyServiceOfTheRepositoryIsDeployed() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            List<String> services = folders.map(folder -> folder.getFileName().toString())
                    .filter(name -> name.endsWith("-service") || name.equals("media-relay"))
                    .sorted()
                    .toList();
            assertThat(names(Deployment.class)).containsExactlyElementsOf(services);
            assertThat(names(PodDisruptionBudget.class)).containsExactlyElementsOf(services);
        }
    }

    @Test
    void everyContainerIsRestrictedAndBounded() {
        pods().forEach((name, pod) -> {
            assertThat(pod.getSecurityContext().getRunAsNonRoot()).as(name).isTrue();
            assertThat(pod.getAutomountServiceAccountToken()).as(name).isFalse();
            for (Container container : pod.getContainers()) {
                assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                        .as(name)
                        .isTrue();
                assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                        .as(name)
                        .isFalse();
                assertThat(container.getSecurityContext().getCapabilities().getDrop())
                        .as(name)
                        .contains("ALL");
                assertThat(container.getImage()).as(name).matches(".+:\\d+\\.\\d+\\.\\d+");
                assertThat(container.getResources().getLimits()).as(name).containsKey("memory");
            }
        });
    }

    @Test
    void everyServiceIsProbedOnItsManagementPort() {
        for (Deployment deployment : of(Deployment.class)) {
            for (Container container :
                    deployment.getSpec().getTemplate().getSpec().getContainers()) {
                for (Probe probe : List.of(
                        container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe())) {
                    assertThat(probe.getHttpGet().getPort().getStrVal())
                            .as(container.getName())
                            .isEqualTo("management");
                }
            }
        }
    }

    @Test
    void everyPodHasItsServiceAccount() {
        assertThat(pods().values().stream().map(PodSpec::getServiceAccountName).sorted())
                .containsExactlyElementsOf(names(ServiceAccount.class));
    }

    @Test
    void oneJobPreparesTheClusterOncePerRelease() {
        assertThat(of(Job.class)).hasSize(1);
        Job job = of(Job.class).get(0);
        Container container =
                job.getSpec().getTemplate().getSpec().getContainers().get(0);
        String release = container.getImage().substring(container.getImage().indexOf(':') + 1);
        String program = container.getCommand().get(container.getCommand().size() - 1);

        assertThat(job.getMetadata().getName()).isEqualTo("cluster-preparation-" + release.replace('.', '-'));
        assertThat(job.getSpec().getParallelism()).isEqualTo(1);
        assertThat(job.getSpec().getCompletions()).isEqualTo(1);
        assertThat(Path.of("../lib/cluster-preparation/src/main/java", program.replace('.', '/') + ".java"))
                .exists();
        assertThat(images()).allMatch(image -> image.endsWith(":" + release));
    }

    @Test
    void theJobReadsWhatTheServicesReadAndConfigMapsThatExist() {
        Set<String> known = new TreeSet<>(names(ConfigMap.class));
        pods().forEach((name, pod) -> {
            List<String> read = pod.getContainers().get(0).getEnvFrom().stream()
                    .map(source -> source.getConfigMapRef().getName())
                    .toList();
            assertThat(read).as(name).contains("gatehouse-common");
            assertThat(known).as(name).containsAll(read);
        });
    }

    @Test
    void everyKeyOfThePreparationIsOneThatTheProgramReads() throws IOException {
        String source = Files.readString(
                Path.of("../lib/cluster-preparation/src/main/java/org/gatehouse/preparation/PreparationSettings.java"));
        Map<String, String> preparation = data("gatehouse-preparation");

        assertThat(preparation).isNotEmpty();
        for (String variable : preparation.keySet()) {
            String key = variable.substring("GATEHOUSE_PREPARATION_".length())
                    .toLowerCase(Locale.ROOT)
                    .replace('_', '-');
            assertThat(source).contains("\"gatehouse.preparation." + key + "\"");
        }
        assertThat(data("gatehouse-common").get("GATEHOUSE_EGRESS_SHARDS"))
                .isEqualTo(preparation.get("GATEHOUSE_PREPARATION_LOG_PARTITIONS"));
    }

    @Test
    void selectorsAndPortsOfServicesMatchTheirDeployments() {
        for (Service service : of(Service.class)) {
            Deployment deployment = of(Deployment.class).stream()
                    .filter(each -> each.getMetadata()
                            .getName()
                            .equals(service.getMetadata().getName()))
                    .findFirst()
                    .orElseThrow();
            assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
                    .containsAllEntriesOf(service.getSpec().getSelector());
            Set<String> open = deployment.getSpec().getTemplate().getSpec().getContainers().get(0).getPorts().stream()
                    .map(port -> port.getName() + ":" + port.getContainerPort())
                    .collect(Collectors.toSet());
            for (ServicePort port : service.getSpec().getPorts()) {
                assertThat(open).contains(port.getTargetPort().getStrVal() + ":" + port.getPort());
            }
        }
    }

    @Test
    void theInternalUrlsNameServicesThatExist() {
        Set<String> urls = data("gatehouse-common").entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("GATEHOUSE_INTERNAL_"))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
        Set<String> served = of(Service.class).stream()
                .flatMap(service -> service.getSpec().getPorts().stream()
                        .filter(port -> port.getName().equals("internal"))
                        .map(port -> "https://" + service.getMetadata().getName() + ":" + port.getPort()))
                .collect(Collectors.toSet());
        assertThat(served).containsAll(urls);
    }

    private Map<String, PodSpec> pods() {
        Map<String, PodSpec> pods = new TreeMap<>();
        of(Deployment.class)
                .forEach(each -> pods.put(
                        each.getMetadata().getName(),
                        each.getSpec().getTemplate().getSpec()));
        of(Job.class)
                .forEach(each -> pods.put(
                        each.getMetadata().getName(),
                        each.getSpec().getTemplate().getSpec()));
        return pods;
    }

    private List<String> images() {
        return pods().values().stream()
                .flatMap(pod -> pod.getContainers().stream())
                .map(Container::getImage)
                .toList();
    }

    private Map<String, String> data(String configMap) {
        return of(ConfigMap.class).stream()
                .filter(each -> each.getMetadata().getName().equals(configMap))
                .findFirst()
                .orElseThrow()
                .getData();
    }

    private List<HasMetadata> render(Path folder) {
        List<HasMetadata> rendered = new ArrayList<>();
        for (JsonNode listed : tree(folder.resolve("kustomization.yaml")).get("resources")) {
            Path path = folder.resolve(listed.asText());
            if (Files.isDirectory(path)) {
                rendered.addAll(render(path));
            } else {
                files.add(path);
                rendered.add(read(path));
            }
        }
        return rendered;
    }

    private static HasMetadata read(Path file) {
        try {
            String kind = tree(file).get("kind").asText();
            assertThat(KINDS).as(file.toString()).containsKey(kind);
            return YAML.readValue(file.toFile(), KINDS.get(kind));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static JsonNode tree(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private <T extends HasMetadata> List<T> of(Class<T> kind) {
        return resources.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private List<String> names(Class<? extends HasMetadata> kind) {
        return of(kind).stream()
                .map(resource -> resource.getMetadata().getName())
                .sorted()
                .toList();
    }
}
