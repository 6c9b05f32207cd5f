#include "core/labs/lessons.h"

#include <algorithm>
#include <array>

namespace edgewise::labs {

namespace {

constexpr std::array traps = {
    Lesson{"Compressed, and not measured again", "The digit reader at 4 bits answers more than ten points worse than in float; the activity classifier at 8 bits loses nothing that could be seen. Which of the two a model is, only its own test rows say.",
           "v=1&model=digits&r=w4a4"},
    Lesson{"The hardware comes last", "A network of 12,165 weights on an Arduino Uno: in float its flash is too small, at 8 bits its RAM. What fits is decided by the board that is there, so it comes first.",
           "v=1&r=wfaf&board=atmega328p&side=boards"},
    Lesson{"Deployed, and done", "Sensors shift a little every month, and the activity classifier goes from 95 right answers in a hundred to 55 in a year, as sure of them as on the first day. Turn on training it again, and see what its updates cost.",
           "v=1&lab=drift&lv=every_months=24"},
    Lesson{"Deadlines are looked at last", "A motor is to be controlled within 10 ms. The digit reader takes longer on this Cortex-M0+, at 8 bits too, and the whole band of the estimate says so.",
           "v=1&model=digits&board=stm32g0b1&side=latency"},
};

constexpr std::array questions = {
    Lesson{"Where is the printed formula wrong?", "0.8 comes back as 0.148. Turn one thing, so that no weight of the range is off by more than 0.003.",
           "v=1&lab=quantize&goal=largest_error<=0.003"},
    Lesson{"Which of the two 4s costs the digits?", "Weights and activations at 4 bits lose the digits. Bring the lower end of the accuracy to 92 % in at most 114,600 bytes of flash.",
           "v=1&model=digits&r=w4a4&goal=lo>=0.92,flash<=114600"},
    Lesson{"The lowest flash at 92 %", "At 3 bits the activity classifier falls short, at 4 it is too large. Find the layer that deserves more bits: 92 % at the lower end of the accuracy, at most 66,200 bytes of flash.",
           "v=1&r=w3a8&goal=lo>=0.92,flash<=66200"},
    Lesson{"When do zeros pay?", "Prune so that a bitmap makes the weights three times smaller, and let its schedule get past 60 %.",
           "v=1&lab=prune&goal=bitmap_times>=3,reached_percent>=60"},
    Lesson{"14 months on one battery", "The panel is gone. What would have to be turned for 3,000 mAh to last 14 months?",
           "v=1&lab=battery&lv=panel_w=0&goal=battery_alone_months>=14"},
};

constexpr std::array lists = {
    LessonList{"traps", "Four pitfalls", "What goes wrong when nobody looks?", "Show it", traps},
    LessonList{"check", "Can you get there?", "Which knob answers the question?", "Try it", questions},
};

}  // namespace

std::span<const LessonList> lesson_lists() { return lists; }

const LessonList* find_list(std::string_view name) {
  const auto found = std::ranges::find(lists, name, &LessonList::name);
  return found == lists.end() ? nullptr : &*found;
}

}  // namespace edgewise::labs
