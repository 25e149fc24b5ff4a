import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import software.amazon.event.ruler.Machine;
import software.amazon.event.ruler.Ruler;

/** Answers lines of JSON from standard input, a line each: whether a rule matches an event, or how many events a second. */
public final class Host {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  public static void main(String[] args) throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, "UTF-8"));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      JsonNode ask = JSON.readTree(line);
      System.out.println(ask.has("events") ? rate(ask) : matches(ask));
    }
  }

  private static String matches(JsonNode ask) {
    String event = ask.get("event").asText();
    String pattern = ask.get("pattern").asText();
    try {
      Machine machine = new Machine();
      machine.addRule("rule", pattern);
      boolean byMachine = machine.rulesForJSONEvent(event).size() > 0;
      boolean byRuler = Ruler.matchesRule(event, pattern);
      return byMachine == byRuler ? String.valueOf(byMachine) : "machine " + byMachine + ", matchesRule " + byRuler;
    } catch (Throwable error) {
      return "error " + String.valueOf(error.getMessage()).replace('\n', ' ');
    }
  }

  private static String rate(JsonNode ask) throws Exception {
    Machine machine = new Machine();
    int key = 0;
    for (JsonNode pattern : ask.get("patterns")) machine.addRule("rule-" + key++, pattern.asText());
    String[] events = new String[ask.get("events").size()];
    for (int i = 0; i < events.length; i++) events[i] = ask.get("events").get(i).asText();
    long wanted = ask.get("runMs").asLong() * 1_000_000;
    long matches = 0;
    for (String event : events) matches += machine.rulesForJSONEvent(event).size();
    int runs = ask.get("runs").asInt();
    double[] rates = new double[runs];
    // the first runs warm up: the JIT compiler takes its time
    for (int run = -ask.get("warmUps").asInt(); run < runs; run++) {
      long from = THREADS.getCurrentThreadCpuTime();
      long taken = 0;
      long done = 0;
      for (; taken < wanted; taken = THREADS.getCurrentThreadCpuTime() - from) {
        for (String event : events) {
          List<String> found = machine.rulesForJSONEvent(event);
          done += found.size() < 0 ? 0 : 1;
        }
      }
      if (run >= 0) rates[run] = done * 1e9 / taken;
    }
    Arrays.sort(rates);
    return rates[runs / 2] + " " + matches;
  }
}
