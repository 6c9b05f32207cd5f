// Written by `edgewise fit`; not to be edited (latency_table_test.cpp fits again and compares).
//
// The fitted effects of latency_model.h, in thousandths of a natural logarithm: 100 is 10.5 % more cycles. Each level's name is its comment.
// Fitted to the measurements in assets/boards/measurements.json; what each came from: assets/boards/SOURCES.md.
#pragma once

#include <array>
#include <cstdint>

#include "core/mcu/latency_model.h"

namespace edgewise::mcu {

/// By Width: standard deviations of natural logarithms.
constexpr Widths level_widths{0.15, 0.3, 1.05, 0.3, 1.744, 0.453, 0.495, 0.459, 0.1, 0.088, 0.09, 0.094, 0.03, 0.313, 0.283, 0.293, 0.334, 0.115, 0.151, 0.098, 0.344, 0.048, 0.043, 0.078, 0.024, 0.163, 0.05, 0.081, 0.462, 0.105, 0.253, 0.266, 0.041, 0.077, 0.901, 0.54, 0.829, 0.41, 0.03, 0.136, 0.072, 0.1};
/// So that 90 % of the measurements left out of the fit lie in the band.
constexpr BandTable latency_bands{.factors = {1, 1, 1, 1, 1.11, 1.21, 1.1, 2.52, 1.06, 1, 1, 1},
                                  .deviations = {0.035, 0.05, 0.123, 0.157, 0.451, 0.66, 0.372, 0.516, 0.516}};
constexpr std::uint64_t latency_fingerprint = 14898719588070615293ull;

constexpr std::array<std::uint16_t, 257> effect_first{
    0, 5, 8, 13, 22, 30, 35, 37, 39, 43, 47, 52, 52, 55, 62, 64, 68, 70, 77, 86, 88, 92, 102, 106,
    108, 115, 119, 123, 128, 131, 139, 145, 149, 160, 168, 175, 178, 180, 185, 193, 198, 204, 209, 219, 222, 227, 229, 239,
    244, 249, 254, 260, 268, 276, 280, 284, 289, 291, 297, 301, 308, 311, 319, 324, 330, 337, 345, 347, 354, 356, 360, 362,
    364, 369, 373, 382, 386, 391, 397, 404, 409, 414, 417, 425, 435, 439, 450, 458, 462, 468, 475, 479, 484, 488, 491, 495,
    497, 509, 511, 515, 518, 524, 528, 529, 535, 540, 545, 549, 556, 559, 567, 570, 578, 581, 584, 590, 596, 598, 602, 607,
    612, 615, 619, 625, 629, 641, 643, 648, 655, 659, 663, 670, 676, 681, 684, 686, 689, 691, 696, 697, 699, 705, 712, 718,
    720, 729, 734, 739, 742, 744, 753, 759, 770, 774, 779, 783, 786, 793, 797, 802, 805, 809, 813, 819, 825, 829, 832, 833,
    839, 845, 847, 854, 863, 867, 872, 879, 882, 887, 892, 898, 903, 910, 914, 916, 924, 928, 932, 946, 947, 951, 952, 959,
    967, 972, 977, 981, 982, 986, 993, 996, 998, 1003, 1009, 1011, 1014, 1016, 1020, 1026, 1028, 1037, 1041, 1046, 1054, 1062, 1067, 1071,
    1077, 1081, 1086, 1097, 1104, 1109, 1114, 1117, 1123, 1129, 1135, 1138, 1147, 1152, 1156, 1161, 1164, 1169, 1171, 1176, 1188, 1191, 1201, 1206,
    1214, 1221, 1229, 1231, 1236, 1242, 1254, 1259, 1262, 1266, 1269, 1276, 1280, 1285, 1292, 1302, 1306};
constexpr std::array<std::uint8_t, 1306> effect_middle{
    40, 75, 152, 155, 250, 108, 161, 172, 73, 80, 134, 159, 161, 12, 56, 85, 111, 119, 127, 129, 138, 193, 34, 81,
    89, 146, 160, 210, 219, 231, 14, 37, 68, 85, 147, 31, 35, 75, 186, 21, 95, 105, 130, 32, 33, 118, 232, 12,
    20, 20, 67, 80, 88, 123, 144, 43, 81, 126, 141, 143, 169, 192, 127, 238, 233, 239, 240, 252, 151, 210, 3, 9,
    42, 91, 177, 212, 234, 8, 20, 48, 55, 97, 101, 110, 147, 214, 51, 213, 46, 100, 116, 119, 16, 41, 60, 76,
    187, 188, 219, 227, 237, 254, 33, 54, 78, 224, 79, 121, 6, 83, 110, 112, 176, 229, 252, 76, 187, 232, 235, 46,
    50, 68, 161, 20, 32, 116, 128, 130, 25, 74, 202, 19, 58, 60, 147, 149, 166, 187, 223, 74, 115, 148, 166, 169,
    210, 58, 104, 111, 222, 1, 21, 25, 36, 43, 52, 69, 70, 177, 218, 224, 53, 89, 115, 118, 120, 132, 174, 239,
    54, 102, 124, 130, 147, 175, 239, 1, 24, 50, 163, 207, 13, 47, 119, 210, 225, 4, 20, 43, 45, 52, 62, 171,
    250, 20, 197, 220, 224, 246, 9, 17, 50, 62, 112, 178, 25, 40, 65, 128, 183, 15, 21, 51, 65, 78, 149, 158,
    176, 184, 209, 13, 15, 155, 54, 86, 180, 202, 219, 7, 43, 11, 24, 40, 48, 146, 161, 164, 182, 221, 236, 184,
    185, 242, 248, 252, 56, 66, 90, 210, 236, 17, 27, 112, 123, 249, 5, 20, 44, 127, 135, 212, 30, 48, 77, 124,
    125, 127, 172, 182, 47, 73, 177, 187, 211, 223, 247, 248, 77, 98, 130, 205, 79, 192, 217, 240, 0, 6, 20, 54,
    229, 164, 204, 118, 187, 192, 243, 248, 255, 49, 96, 122, 133, 59, 62, 101, 127, 233, 247, 255, 121, 122, 125, 14,
    42, 85, 133, 183, 193, 215, 248, 21, 128, 147, 183, 208, 3, 75, 121, 177, 232, 248, 32, 41, 74, 156, 205, 226,
    242, 45, 54, 84, 84, 100, 141, 211, 231, 225, 236, 0, 122, 122, 128, 145, 163, 213, 15, 242, 69, 76, 163, 164,
    195, 215, 25, 153, 71, 80, 119, 126, 132, 20, 184, 186, 198, 26, 26, 45, 47, 125, 141, 193, 216, 222, 13, 79,
    141, 252, 76, 105, 139, 178, 220, 103, 105, 152, 186, 201, 228, 35, 119, 131, 198, 216, 224, 245, 52, 92, 136, 165,
    181, 26, 26, 103, 141, 162, 73, 214, 223, 14, 41, 83, 108, 197, 203, 215, 231, 13, 18, 73, 102, 103, 108, 117,
    171, 236, 247, 9, 20, 88, 244, 20, 52, 102, 119, 145, 151, 179, 236, 236, 236, 251, 1, 5, 7, 23, 115, 148,
    172, 206, 100, 170, 210, 240, 24, 82, 198, 226, 241, 244, 38, 64, 92, 110, 148, 170, 187, 4, 144, 165, 172, 83,
    130, 214, 216, 233, 5, 52, 230, 239, 106, 124, 168, 72, 112, 214, 226, 131, 175, 8, 19, 27, 27, 46, 105, 105,
    157, 158, 166, 184, 216, 124, 196, 111, 120, 124, 230, 36, 139, 177, 13, 56, 120, 167, 180, 218, 35, 51, 135, 240,
    117, 41, 66, 165, 169, 180, 244, 17, 51, 102, 120, 226, 12, 19, 114, 205, 221, 13, 83, 180, 210, 18, 97, 174,
    178, 180, 249, 250, 77, 113, 189, 2, 35, 47, 48, 65, 81, 139, 202, 61, 108, 245, 25, 49, 52, 60, 103, 191,
    242, 247, 84, 90, 181, 135, 162, 175, 28, 52, 98, 133, 177, 192, 113, 175, 186, 201, 224, 230, 153, 218, 1, 20,
    168, 184, 100, 228, 233, 254, 255, 16, 46, 85, 196, 250, 37, 116, 126, 52, 93, 120, 190, 63, 89, 172, 174, 186,
    234, 129, 187, 216, 252, 65, 81, 81, 111, 117, 119, 136, 147, 199, 201, 243, 252, 169, 218, 1, 107, 161, 170, 173,
    8, 26, 36, 58, 119, 144, 209, 83, 136, 161, 226, 86, 115, 232, 237, 74, 106, 172, 177, 210, 229, 243, 64, 66,
    107, 158, 169, 190, 76, 120, 151, 155, 175, 43, 60, 150, 50, 244, 12, 195, 222, 122, 144, 32, 87, 107, 142, 218,
    73, 23, 201, 3, 92, 177, 205, 229, 252, 29, 61, 132, 137, 156, 189, 248, 7, 61, 85, 115, 164, 219, 21, 164,
    36, 101, 108, 159, 181, 191, 208, 210, 211, 38, 85, 123, 169, 213, 93, 101, 123, 130, 151, 22, 110, 250, 20, 78,
    64, 69, 106, 111, 111, 126, 162, 181, 220, 15, 59, 90, 92, 194, 196, 9, 22, 25, 47, 52, 69, 72, 95, 114,
    170, 249, 21, 97, 127, 198, 5, 191, 205, 218, 232, 65, 127, 177, 224, 19, 72, 153, 62, 146, 184, 186, 215, 225,
    238, 15, 157, 234, 255, 6, 51, 59, 69, 133, 48, 94, 142, 103, 125, 166, 175, 6, 45, 105, 154, 70, 76, 141,
    199, 229, 252, 14, 14, 20, 131, 252, 255, 57, 105, 115, 188, 61, 136, 177, 110, 5, 39, 170, 191, 193, 193, 45,
    55, 74, 157, 185, 224, 83, 213, 5, 17, 69, 109, 128, 141, 240, 6, 16, 64, 152, 156, 180, 200, 211, 232, 109,
    164, 192, 207, 123, 187, 215, 222, 228, 1, 38, 56, 64, 99, 213, 223, 15, 122, 149, 10, 103, 116, 143, 204, 70,
    98, 116, 192, 239, 22, 106, 117, 195, 230, 244, 48, 85, 164, 202, 204, 24, 63, 145, 150, 200, 211, 230, 106, 177,
    205, 241, 138, 141, 10, 67, 101, 118, 123, 166, 187, 252, 24, 159, 176, 187, 24, 68, 145, 148, 6, 36, 36, 38,
    40, 41, 100, 100, 111, 111, 143, 169, 187, 238, 148, 87, 123, 198, 206, 254, 47, 52, 178, 185, 188, 198, 234, 9,
    32, 42, 55, 125, 138, 175, 203, 60, 73, 203, 215, 254, 20, 22, 22, 188, 205, 4, 135, 157, 238, 58, 24, 144,
    150, 161, 37, 72, 77, 111, 140, 183, 243, 38, 42, 251, 74, 242, 27, 114, 170, 187, 226, 12, 63, 67, 92, 139,
    185, 116, 237, 13, 130, 168, 199, 202, 26, 27, 132, 189, 27, 31, 81, 84, 169, 212, 26, 34, 40, 47, 82, 103,
    122, 137, 180, 227, 240, 12, 80, 119, 130, 55, 61, 71, 168, 240, 41, 104, 121, 186, 192, 214, 249, 254, 20, 48,
    75, 76, 97, 162, 189, 239, 60, 129, 153, 196, 244, 87, 95, 182, 183, 25, 99, 157, 221, 249, 251, 5, 29, 53,
    204, 1, 35, 69, 151, 157, 89, 93, 108, 165, 168, 169, 173, 224, 227, 232, 244, 38, 70, 71, 90, 132, 164, 253,
    13, 45, 69, 137, 141, 99, 146, 193, 199, 255, 26, 60, 169, 21, 22, 104, 108, 211, 233, 69, 109, 139, 142, 230,
    238, 40, 74, 123, 147, 184, 218, 129, 159, 204, 44, 102, 127, 153, 206, 219, 236, 243, 244, 15, 49, 113, 139, 162,
    8, 41, 88, 189, 6, 15, 158, 207, 236, 24, 76, 171, 31, 82, 101, 134, 208, 128, 254, 43, 71, 153, 159, 166,
    6, 58, 93, 100, 103, 116, 123, 128, 135, 175, 211, 239, 119, 196, 207, 1, 34, 163, 182, 189, 192, 198, 198, 209,
    221, 75, 95, 109, 116, 214, 6, 20, 42, 101, 102, 137, 140, 240, 28, 42, 125, 135, 155, 226, 246, 42, 88, 97,
    100, 191, 209, 233, 243, 54, 55, 65, 84, 206, 236, 240, 20, 94, 107, 120, 145, 148, 7, 22, 47, 51, 54, 59,
    80, 96, 115, 136, 147, 202, 14, 19, 55, 116, 241, 38, 42, 234, 22, 108, 168, 176, 123, 124, 249, 0, 25, 77,
    84, 170, 224, 227, 82, 131, 134, 164, 27, 70, 90, 172, 240, 29, 37, 84, 160, 201, 213, 252, 43, 60, 60, 123,
    147, 150, 177, 197, 220, 251, 8, 58, 95, 167};
constexpr std::array<std::uint16_t, 1306> effect_lower{
    65307, 35244, 34921, 25739, 1523, 17323, 26433, 16105, 57957, 31393, 18547, 14464, 61914, 32266, 46777, 56903, 64587, 6142, 18676, 34391, 51050, 65151, 29318, 57651,
    58267, 55127, 15244, 2231, 64886, 31495, 3688, 16964, 58115, 53417, 46647, 27386, 17209, 38458, 57430, 33937, 7946, 43558, 58958, 2455, 22871, 36731, 17847, 57342,
    38879, 57658, 7685, 26515, 13333, 48054, 49411, 63266, 45177, 34431, 58780, 59484, 41604, 6321, 24963, 14925, 32643, 12333, 52098, 4476, 50327, 30171, 15847, 4483,
    48772, 15393, 46413, 24841, 43372, 23581, 20248, 7685, 42370, 1158, 16284, 11670, 1051, 26021, 64551, 25196, 34554, 9690, 34553, 64687, 5413, 33406, 18809, 52328,
    14042, 42033, 54291, 45851, 19907, 64575, 63309, 249, 27385, 11704, 10352, 43499, 26644, 62576, 50110, 30871, 39465, 34283, 16206, 15919, 15101, 19424, 42015, 58679,
    45058, 13568, 46662, 37312, 18847, 27072, 24966, 51852, 43615, 30277, 39952, 51997, 47642, 56889, 40956, 29792, 33870, 11571, 11630, 7346, 53267, 46621, 31992, 22407,
    57789, 969, 6609, 24289, 8468, 23166, 12427, 39686, 39166, 43942, 52340, 26582, 63591, 33568, 21988, 25263, 64456, 31345, 28061, 9571, 22569, 29887, 21795, 65037,
    62211, 58890, 34094, 879, 60868, 58267, 51757, 12081, 56553, 28011, 6672, 45398, 9619, 32813, 38610, 56404, 49993, 48948, 8071, 31903, 11899, 37206, 20274, 11971,
    36858, 58774, 22519, 30251, 30125, 54340, 6400, 21009, 60532, 14151, 39907, 29168, 60546, 64498, 34128, 37202, 24542, 457, 63041, 20306, 53831, 43198, 4220, 45943,
    48473, 46317, 38845, 35433, 56057, 59923, 29604, 10893, 35291, 36329, 10019, 35734, 38261, 36572, 11635, 8949, 58627, 27351, 54900, 36013, 41627, 4654, 36968, 22080,
    10694, 36105, 64635, 15388, 48952, 6952, 3768, 10802, 59661, 17589, 16569, 15945, 14159, 28562, 61241, 18093, 8891, 1724, 4444, 64349, 26981, 11432, 58328, 8035,
    48272, 60248, 37623, 56170, 11910, 25579, 17029, 31746, 21980, 13115, 15405, 22273, 29247, 61142, 53326, 22378, 55859, 44893, 62570, 51582, 62530, 60553, 13747, 7655,
    56576, 23023, 16497, 26322, 18824, 39331, 12901, 142, 39056, 28811, 47720, 29088, 41193, 28833, 39292, 26565, 22254, 40019, 16895, 65480, 52125, 40931, 27266, 42989,
    43421, 47322, 62370, 5201, 52559, 62626, 35206, 42018, 46821, 63994, 48274, 56616, 58007, 51799, 16159, 41711, 62133, 24426, 64109, 25305, 53015, 42413, 65196, 1773,
    35550, 48432, 48017, 772, 29992, 46293, 6845, 17510, 26680, 12581, 13007, 21694, 44980, 60435, 63372, 23815, 51407, 60475, 16385, 17371, 22615, 41393, 8063, 55583,
    6864, 42353, 30755, 8237, 13865, 6914, 43586, 458, 26059, 58389, 37149, 2184, 23860, 16334, 64106, 20274, 50467, 36405, 55142, 22779, 37381, 28128, 30476, 31405,
    43932, 29726, 12109, 60492, 23384, 23574, 49390, 29910, 4423, 48252, 35462, 32480, 7250, 13571, 36144, 19109, 60385, 25913, 63669, 6622, 2005, 5414, 22728, 15826,
    16644, 9489, 14691, 60041, 39983, 46598, 27046, 52091, 47279, 40197, 23933, 55686, 58851, 30151, 62504, 53665, 48093, 46428, 17280, 9721, 55289, 13440, 49850, 13547,
    18411, 42993, 4614, 32818, 54958, 8144, 36468, 13821, 41623, 7059, 1774, 27907, 58506, 27629, 43846, 44691, 45935, 32673, 4020, 61650, 19579, 42248, 37811, 41220,
    7064, 39585, 22320, 48028, 52773, 36329, 16483, 52369, 31098, 24338, 51251, 3609, 23082, 38715, 43778, 28090, 55638, 49400, 51254, 44380, 24849, 28007, 48352, 38873,
    7277, 208, 14282, 45988, 7970, 33211, 2618, 33440, 21549, 23582, 2677, 63962, 64776, 15614, 52018, 54971, 54463, 60276, 4348, 8285, 8334, 57321, 17836, 44535,
    15740, 5020, 52540, 12899, 46848, 60319, 12815, 64356, 11153, 31178, 21244, 3852, 35830, 54194, 55727, 34872, 4826, 9446, 59084, 5364, 56299, 13547, 3128, 27975,
    48534, 35701, 32806, 43086, 14736, 58666, 36068, 15896, 21124, 29246, 59386, 30594, 9879, 21961, 55374, 21321, 10773, 64020, 47438, 805, 63230, 7862, 48482, 39061,
    50864, 46213, 19540, 38741, 62520, 33393, 35063, 27976, 56900, 46508, 36562, 64918, 4035, 13269, 4585, 65487, 31476, 40541, 13269, 23872, 44496, 52486, 26952, 22848,
    24627, 40623, 41468, 34915, 52427, 39139, 62337, 2076, 22041, 28619, 21646, 52434, 24899, 14797, 29225, 57095, 18460, 39324, 25982, 11499, 8317, 30643, 44295, 17559,
    38727, 41984, 9587, 30634, 41402, 7494, 35091, 41341, 25302, 47901, 59284, 41359, 43180, 57859, 25345, 62422, 44147, 34863, 25397, 463, 14667, 35531, 63831, 35173,
    19843, 55413, 37990, 31332, 19554, 64355, 1074, 1649, 56014, 39380, 12067, 33786, 56602, 63932, 31884, 24979, 30135, 60107, 22520, 22763, 45785, 7405, 47112, 1278,
    40977, 53370, 30938, 45103, 54381, 64616, 23401, 20214, 43198, 6244, 24929, 50778, 5800, 58982, 24437, 3114, 48443, 36017, 63818, 45494, 19433, 47024, 5899, 482,
    38518, 37391, 42454, 26, 11704, 5430, 3957, 42916, 51947, 65210, 24051, 60045, 40284, 47181, 27573, 39661, 34082, 24333, 14166, 18112, 8482, 448, 1312, 48727,
    13849, 33330, 7351, 57984, 29560, 55945, 53938, 10704, 36925, 61014, 10593, 22085, 7997, 64653, 40452, 778, 30783, 42193, 1915, 47798, 15153, 43548, 29735, 37907,
    25135, 61295, 59956, 3838, 24280, 2865, 53533, 27222, 15911, 3162, 11838, 38071, 39755, 63160, 39216, 5252, 31308, 55957, 22901, 36753, 39868, 4487, 5708, 47766,
    18056, 57107, 46642, 34683, 42484, 57768, 45171, 48798, 30751, 17992, 23074, 47334, 30946, 33848, 47132, 43116, 62480, 12371, 39141, 25793, 39765, 20651, 25703, 49318,
    43859, 17284, 30451, 53137, 43449, 54013, 27992, 21942, 17347, 23713, 30194, 57338, 45965, 40903, 9321, 55432, 926, 25925, 28521, 50710, 44403, 29923, 45808, 43388,
    34587, 59183, 33798, 39035, 42371, 22262, 47032, 36143, 43843, 34949, 40289, 43977, 30438, 16491, 3155, 20102, 20249, 63623, 48612, 4363, 47549, 6342, 44466, 5882,
    28568, 45552, 14818, 24728, 48687, 36149, 33480, 46755, 44741, 1869, 3852, 18492, 19884, 4032, 45789, 37442, 16233, 59773, 14526, 45197, 4465, 30808, 32010, 58732,
    17642, 15409, 9895, 2873, 48515, 27604, 2746, 48329, 23413, 49496, 15928, 54978, 60940, 54390, 7698, 18384, 5161, 42558, 54432, 51698, 15807, 51355, 41062, 6490,
    63218, 47652, 7070, 31937, 39127, 61613, 7370, 18524, 6265, 41073, 30294, 36495, 15560, 27414, 14265, 1997, 19349, 52899, 23625, 44755, 58207, 22595, 58515, 33737,
    54271, 29421, 22229, 37497, 27708, 3067, 10447, 30665, 36782, 61241, 50126, 46318, 60707, 6093, 21944, 36757, 11032, 44947, 9291, 63202, 48818, 59384, 61547, 7048,
    38634, 55897, 58192, 1975, 2228, 58363, 45153, 58053, 38906, 25925, 21177, 6673, 56786, 63798, 39054, 65213, 40705, 24435, 48042, 577, 63470, 41817, 56883, 28648,
    17368, 64237, 53700, 60895, 5458, 31890, 55968, 8188, 65191, 34288, 3732, 46739, 7093, 63182, 63928, 4580, 48499, 3550, 43092, 64496, 19268, 58365, 10823, 33984,
    7572, 27908, 47937, 10013, 43912, 18895, 22426, 23552, 54726, 119, 58130, 18761, 7320, 38873, 58409, 29880, 39304, 60759, 39258, 12539, 61829, 12307, 20459, 10655,
    4781, 65251, 30258, 42389, 32425, 58429, 3214, 32300, 39981, 46312, 47183, 60343, 32584, 26512, 18422, 19414, 10216, 35797, 9439, 49281, 52925, 10596, 18226, 58663,
    37089, 53747, 28878, 1131, 63527, 48224, 15744, 4850, 54380, 2844, 56192, 40805, 14222, 8190, 62885, 46510, 8711, 60594, 2184, 42080, 32893, 31198, 17688, 41285,
    44126, 917, 31870, 11830, 59400, 30403, 17015, 7069, 35494, 20818, 58308, 39213, 20495, 61756, 24485, 50758, 40974, 7484, 63696, 49579, 16194, 21229, 31371, 15059,
    8261, 12423, 51789, 11696, 63245, 37832, 37878, 43034, 43523, 14275, 43650, 43539, 40859, 27269, 55146, 11389, 32204, 49734, 62426, 17462, 11147, 48199, 4651, 48143,
    61203, 41774, 16137, 28415, 2880, 55916, 22848, 2649, 3759, 21553, 56767, 22286, 64991, 34486, 65352, 62299, 29641, 42458, 10018, 1896, 26326, 5685, 1820, 51520,
    63273, 64131, 10371, 6966, 55512, 8962, 34620, 56927, 7279, 30564, 1103, 4883, 58705, 41031, 58103, 26198, 5370, 28404, 63943, 8447, 62113, 14380, 22622, 55765,
    22197, 5057, 27970, 56819, 17325, 42021, 29689, 29894, 7992, 39063, 61776, 41402, 61795, 24311, 42261, 30352, 43236, 62467, 31609, 64715, 48584, 47631, 3910, 4590,
    13450, 54202, 41412, 63032, 19959, 36368, 13337, 63750, 4460, 34746, 22191, 5235, 33901, 5226, 38983, 26347, 8157, 37730, 22778, 63027, 10908, 52730, 21460, 63175,
    22533, 5718, 58974, 16792, 14588, 54822, 1450, 27792, 36962, 43465, 56015, 62266, 29850, 36320, 29361, 12415, 52114, 36775, 60505, 34902, 7789, 3335, 59658, 57577,
    21950, 46380, 15332, 62156, 15468, 18073, 6210, 15815, 53801, 51559, 48023, 12215, 43318, 29747, 32719, 26119, 31982, 44601, 38198, 23875, 24506, 20319, 19029, 911,
    32497, 53710, 58019, 4369, 8178, 59104, 19865, 1924, 25518, 17315, 4259, 47405, 10060, 33090, 41597, 54351, 65408, 36695, 65228, 30194, 26523, 25993, 20034, 56141,
    62375, 26801, 32909, 8097, 29266, 43431, 9276, 1477, 34213, 16900, 16482, 50383, 59392, 23439, 13982, 63908, 3056, 12605, 15832, 26006, 15487, 4323, 7743, 25267,
    27664, 51467, 7898, 28309, 47100, 16912, 43488, 7399, 39477, 11954, 51374, 36901, 52908, 28360, 36292, 10851, 28103, 36445, 45879, 28642, 13493, 54312, 57222, 56142,
    51621, 19696, 18894, 3506, 22221, 50755, 38633, 26500, 57071, 1265};
constexpr std::array<std::int16_t, 1306> effect_thousandths{
    -621,  // on core | cortex-a A72 | leip | float | convolution
    7,  // on core | cortex-m4 | microtvm | int8 | pointwise
    -140,  // version | hale | HALE 1.0.175 | int8 | convolution
    190,  // chip | Arm Cortex-M0 SoftCore on Kintex-7 FPGA | TinyMaix
    87,  // version | x-cube-ai | 8.1 | int8 | dense
    -1,  // version | cmsis-nn | TFLM + CMSIS-NN | int8
    150,  // library | esp-nn | int8 | depthwise
    259,  // on core | xtensa-lx7-simd | tflm | int8 | pointwise
    4,  // version | x-cube-ai | 7.3 | int8 | rest
    -267,  // library | tinymaix-simd | int8 | pointwise
    -5,  // core | xtensa-lx6 | float | plain C | dense
    17,  // core | cortex-m33 | int8 | vendor
    270,  // library | esp-nn | int8 | convolution
    -480,  // library | leip | int8 | convolution
    9,  // on core | riscv-vector | tinymaix-simd | O1 | int8
    4,  // library | x-cube-ai | float | rest
    1,  // on core | cortex-m4 | onnc | ONNC on CMSIS_5 b966796 | int8
    -33,  // version | tinymaix-simd | O0 | int8 | pointwise
    77,  // library | x-cube-ai | int8 | dense
    -1,  // on chip | BCM2711 | leip | int8
    -5,  // on core | other-mcu | hale | HALE 1.0.175 | float
    18,  // library | mvp | int8
    -286,  // on core | riscv-scalar | tinymaix | float | convolution
    -80,  // library | mvp | int8 | pointwise
    -127,  // on core | cortex-a 926 | tinymaix | int8 | pointwise
    33,  // library | tflite | int8 | convolution
    25,  // on core | cortex-m7 | x-cube-ai | 7.1 | int8
    1,  // on core | cortex-m85 | cmsis-nn | TFLM + CMSIS-NN | int8
    30,  // on core | riscv-pie | tflm | int8
    -20,  // version | cmsis-nn | TFLM + CMSIS-NN | int8 | pointwise
    60,  // on core | xtensa-lx6 | tflm | int8 | pointwise
    -22,  // on core | cortex-m33 | cmsis-nn | int8 | dense
    11,  // on core | cortex-m4 | plumerai | int8 | depthwise
    243,  // on core | riscv-dsp-app | onnc-andes | int8 | convolution
    -97,  // library | esp-nn-c | int8 | convolution
    11,  // version | microtvm | TVM e3a6cb6a | int8 | convolution
    -2,  // on chip | AE350 | andes-nn | int8
    211,  // on core | other-mcu | hale | int8 | convolution
    34,  // core | xtensa-lx7 | int8 | TinyMaix | rest
    -222,  // core | cortex-m33+accel | int8 | vendor
    588,  // on core | cortex-m85 | cmsis-nn | int8 | dense
    -5,  // library | ncnn | int8 | depthwise
    -22,  // on core | cortex-m4 | tinymaix | int8 | convolution
    4,  // on chip | ESP32 | tflm | int8
    0,  // on core | cortex-m0+ | tinymaix-best | int8
    -10,  // core | cortex-a A72 | int8 | TinyMaix | depthwise
    214,  // on core | cortex-m3 | tinymaix | int8 | convolution
    -19,  // library | tflite | int8
    -23,  // version | esp-nn-c | 1.2.3 README | int8 | depthwise
    30,  // version | microtvm | TVM e3a6cb6a | int8 | depthwise
    136,  // library | ncnn | float
    -64,  // core | riscv-dsp | int8
    51,  // on core | xtensa-lx6 | esp-nn | int8 | depthwise
    0,  // on core | cortex-a A72 | leip | LEIP v1.9.3 | int8
    37,  // version | esp-nn | 1.2.3 README | int8
    -12,  // float | plain C | dense
    393,  // library | leip | int8 | dense
    -42,  // on core | cortex-m33 | plumerai | int8 | convolution
    4,  // software float | pointwise
    41,  // version | x-cube-ai | 7.1 | int8
    35,  // on core | other-mcu | hale | int8
    -202,  // library | hale | float | pointwise
    -7,  // on core | xtensa-lx7-simd | esp-nn | int8
    82,  // library | x-cube-ai | float | pointwise
    -55,  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8 | pointwise
    42,  // on core | cortex-a A72 | leip | int8 | depthwise
    -2,  // on chip | STM32H743, rated clock taken | tinyengine | int8
    24,  // on core | cortex-m0+ | tflm | float
    -32,  // version | tinymaix | RV32IMAFDC | int8
    -26,  // on core | riscv-dsp | tinymaix | int8 | pointwise
    -3,  // on chip | BCM2711 | ncnn | int8
    152,  // core | riscv-scalar
    4,  // on chip | EFR32MG24 | cmsis-nn | int8
    10,  // core | cortex-m0+ | int8 | TinyMaix | convolution
    -144,  // on core | riscv-scalar | tflm | int8 | dense
    -21,  // library | st-hsp | int8 | pointwise
    -102,  // version | x-cube-ai | 9.0 | int8
    1,  // on chip | STM32U575 | x-cube-ai | float
    25,  // on core | cortex-m4 | hale | int8 | dense
    59,  // chip | STM32U575
    -12,  // chip | STM32U585
    -3,  // on chip | STM32H743, rated clock taken | x-cube-ai | int8
    -41,  // version | hale | HALE 1.0.175 | float | pointwise
    31,  // on core | riscv-scalar | esp-nn | int8 | pointwise
    31,  // int8 | pointwise
    3,  // on core | riscv-pie | esp-nn | 1.2.3 README | int8
    -35,  // on core | cortex-m4 | tinymaix-simd | int8 | rest
    -15,  // core | riscv-pie
    -10,  // core | cortex-m3 | int8 | TinyMaix | rest
    24,  // on core | cortex-m33+accel | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8
    4,  // on chip | STM32F411 | tinymaix-simd | int8
    43,  // library | hale | int8 | rest
    -15,  // library | onnc-andes | int8 | rest
    146,  // on core | cortex-a A72 | leip | float | dense
    0,  // on core | cortex-m33 | plumerai | 2023.05 | int8
    4,  // on core | cortex-m4 | cmsis-nn | TFLM 2.3.1 | int8
    10,  // version | tflm | 713b6ed | int8
    -29,  // on chip | AT32F403A | tinymaix-simd | int8
    50,  // library | mvp | int8 | dense
    -86,  // int8 | dense
    -90,  // chip | HPM6750
    -7,  // on core | riscv-pie | esp-nn-c | 1.2.3 README | int8
    -11,  // version | esp-dl | 0.1.0 | int8 | pointwise
    1,  // chip | RP2350 | plain C
    5,  // library | tinymaix-simd | float | dense
    -47,  // core | cortex-a A7 | int8 | vendor
    476,  // on core | cortex-m0+ | hale | int8 | pointwise
    199,  // on core | cortex-a A9 | tinymaix | float | convolution
    -9,  // library | leip | int8
    124,  // core | riscv-scalar | float | TinyMaix
    588,  // float | TinyMaix
    -49,  // core | cortex-a A72 | float | vendor | convolution
    39,  // library | leip | int8 | depthwise
    -12,  // core | riscv-scalar | int8 | plain C | dense
    -15,  // on core | xtensa-lx7-simd | esp-dl | int8 | rest
    -3,  // on core | riscv-dsp | andes-nn | int8
    7,  // core | cortex-m7 | int8 | plain C
    27,  // chip | STM32F103 | TinyMaix
    -30,  // core | other-mcu | float | vendor | dense
    -207,  // on core | xtensa-lx7-simd | esp-nn | int8 | pointwise
    16,  // on chip | STM32H743 | tflm | float
    0,  // on core | cortex-m4 | plumerai | v0.7 submission | int8
    501,  // library | tflm | int8
    44,  // version | tinymaix | O1 | int8 | rest
    18,  // version | tinymaix-simd | O0 | int8 | rest
    -42,  // on core | cortex-m4 | x-cube-ai | int8 | depthwise
    -13,  // on core | xtensa-lx7-simd | esp-nn-c | int8 | pointwise
    41,  // library | ncnn | float | convolution
    32,  // on core | riscv-scalar | tinymaix | int8 | pointwise
    544,  // on core | riscv-scalar | tinymaix | float | pointwise
    -91,  // version | tinymaix-simd | O1 | int8 | convolution
    5,  // on core | cortex-m7 | tflm | float | dense
    297,  // version | hale | HALE 1.0.175 (min_ram variant) | int8 | convolution
    140,  // version | x-cube-ai | 10.2 | int8 | rest
    59,  // library | tinymaix | int8
    -13,  // core | cortex-a A9 | float
    -61,  // float | dense output
    -14,  // on core | cortex-m33 | plumerai | int8 | depthwise
    0,  // chip | STM32G0B1
    5,  // core | xtensa-lx6 | int8 | plain C | pointwise
    72,  // version | hale | HALE 1.0 | int8 | pointwise
    4,  // on chip | SSD201 | tinymaix | int8
    6,  // core | riscv-scalar | int8 | plain C | depthwise
    -59,  // core | riscv-dsp | int8 | vendor
    -21,  // version | tinymaix | O1 | float | pointwise
    144,  // on core | cortex-m33 | plumerai | int8 | dense
    47,  // version | tinymaix | O0 | float | pointwise
    6,  // on chip | PicoRV32 on GW2A FPGA | tinymaix | int8
    0,  // chip | STM32G030
    -104,  // on core | cortex-a A9 | tinymaix-simd | int8 | convolution
    210,  // core | riscv without multiplier
    49,  // int8 | pooled element
    3,  // on core | cortex-m4 | hale | HALE 1.0.175 | int8
    50,  // version | cmsis-nn | CMSIS-NN 011bf32 | int8 | pointwise
    76,  // version | x-cube-ai | 8.0 | int8 | pointwise
    297,  // on core | riscv-pie | tflm | int8 | pointwise
    26,  // on core | cortex-m7 | cmsis-nn | int8 | convolution
    -27,  // on core | cortex-m4 | hale | int8 | convolution
    18,  // chip | CH32V103 | TinyMaix
    -82,  // version | hale | HALE 1.0 | int8 | depthwise
    -276,  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8 | dense
    -37,  // library | tinymaix | int8 | pointwise
    -30,  // chip | ESP32-S3
    -16,  // chip | ESP32-P4
    -38,  // version | tinymaix-simd | O0 | float | pointwise
    16,  // on core | cortex-m33 | x-cube-ai | 9.0 | int8
    -15,  // on core | cortex-m33 | cmsis-nn | int8 | depthwise
    636,  // chip | ESP32-C3
    11,  // on core | cortex-a 926 | tinymaix | int8
    17,  // core | cortex-a A7 | int8 | vendor | depthwise
    114,  // library | microtvm-cmsis-nn | int8 | rest
    -29,  // on core | riscv-pie | esp-nn-c | int8
    -43,  // on core | cortex-a A9 | tinymaix | int8 | convolution
    10,  // chip | Allwinner D1-H | TinyMaix
    -8,  // on chip | RP2040 | tinymaix | int8
    34,  // version | x-cube-ai | 8.1 | int8 | pointwise
    14,  // on core | riscv-scalar | esp-nn | int8 | depthwise
    8,  // version | leip | LEIP v1.9.3 | int8 | depthwise
    15,  // on chip | RP2040 | tflm | float
    -7,  // on core | cortex-a A72 | leip | LEIP v1.9.3 | float
    76,  // chip | RiscyD2 on Arty A7-35T | TinyMaix
    11,  // version | tinymaix | O1 | int8 | pointwise
    16,  // on core | xtensa-lx6 | esp-nn | int8
    -6,  // on core | cortex-m3 | tinymaix | O1 | int8
    -279,  // int8 | pooled output
    29,  // core | cortex-m0+ | int8 | vendor | pointwise
    318,  // on core | riscv-scalar | tinymaix-best | int8 | rest
    -9,  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8 | depthwise
    -17,  // version | tinyengine | 0363956 | int8
    129,  // on core | cortex-a A72 | leip | int8 | pointwise
    97,  // int8 | plain C | convolution
    30,  // chip | STM32H743 | plain C
    -264,  // on core | cortex-a A72 | tinymaix-best | int8 | pointwise
    4,  // chip | Allwinner V85x E907 Core
    -4,  // version | tinymaix | O0 | float | depthwise
    -30,  // on core | cortex-a A72 | leip | float
    350,  // library | tinymaix-simd | int8 | rest
    62,  // version | x-cube-ai | 7.3 | int8 | pointwise
    140,  // core | xtensa-lx6 | int8 | plain C
    -6,  // int8 | depthwise
    95,  // float | convolution output
    -26,  // version | plumerai | v1.0 submission | int8 | rest
    -399,  // core | cortex-m0+ | int8 | vendor
    -103,  // on core | xtensa-lx7 | tinymaix | int8 | depthwise
    89,  // library | microtvm-cmsis-nn | int8 | pointwise
    -197,  // on core | cortex-m0+ | tflm | float | rest
    -6,  // version | st-hsp | STEdgeAI internal version + DSP coprocessor | int8 | depthwise
    -13,  // core | riscv-vector | int8 | TinyMaix | pointwise
    -440,  // on core | cortex-a A72 | ncnn | float | pointwise
    53,  // version | tinymaix-simd | O1 | int8 | rest
    47,  // on core | cortex-m4 | cmsis-nn | int8 | pointwise
    2,  // on core | cortex-a A9 | tinymaix-simd | int8
    250,  // core | riscv without multiplier | int8
    -168,  // on core | cortex-a A7 | tinymaix | int8 | pointwise
    5,  // on chip | STM32H743, rated clock taken | tflm | int8
    27,  // on core | xtensa-lx7-simd | tflm | int8
    5,  // core | cortex-m7 | float | vendor | dense
    4,  // on core | xtensa-lx6 | tinymaix | int8 | depthwise
    -1,  // on core | cortex-m33 | plumerai | v1.0 submission | int8
    -275,  // int8 | TinyMaix | pointwise
    326,  // on core | cortex-m0+ | tinymaix | int8 | pointwise
    -4,  // on core | cortex-m0+ | cmsis-nn | plain C path | int8
    27,  // version | microtvm | TVM e3a6cb6a | int8 | pointwise
    0,  // on core | cortex-m7 | tflm | 713b6ed | int8
    -9,  // library | hale | int8 | pointwise
    1,  // on core | cortex-m7 | cmsis-nn | 2019-03 | int8
    -44,  // library | cmsis-nn | int8 | pointwise
    -141,  // library | plumerai | int8 | convolution
    -104,  // on core | riscv-pie | esp-nn-c | int8 | depthwise
    -12,  // version | tinymaix-simd | O1 | float | depthwise
    -513,  // int8 | convolution output
    -5,  // chip | RP2040
    -38,  // on core | cortex-m7 | x-cube-ai | int8 | pointwise
    -4,  // core | riscv-dsp | int8 | vendor | pointwise
    -137,  // on core | riscv-scalar | tflm | int8 | rest
    -18,  // version | leip | LEIP v1.9.3 | int8 | rest
    4,  // on core | cortex-m33 | x-cube-ai | float | pointwise
    -29,  // version | cmsis-nn | TFLM + CMSIS-NN | int8 | depthwise
    10,  // on chip | STM32U575 | hale | int8
    516,  // on core | cortex-a A9 | tinymaix-simd | int8 | rest
    28,  // version | leip | LEIP v1.9.3 | float | dense
    -5,  // on core | xtensa-lx6 | tflm | float
    0,  // on core | cortex-m33 | tflm | float
    -43,  // library | tinymaix | float | depthwise
    65,  // on core | cortex-m0+ | hale | HALE 1.0 | int8
    -22,  // on core | cortex-m7 | x-cube-ai | int8 | dense
    -7,  // core | cortex-m33 | int8 | TinyMaix
    -135,  // library | tflm | int8 | dense
    -17,  // float | element of two tensors
    55,  // chip | CH32V103
    13,  // on core | riscv-scalar | tinymaix | int8 | depthwise
    84,  // version | cmsis-nn | TFLM 2.3.1 | int8
    7,  // on core | cortex-m4 | tinymaix | int8 | depthwise
    202,  // chip | ESP32
    9,  // on core | cortex-a A9 | tinymaix-simd | O0 | float
    291,  // library | cmsis-nn | int8 | depthwise
    16,  // on core | riscv-scalar | tinymaix | O1 | int8
    13,  // on core | cortex-m4 | cmsis-nn | int8 | convolution
    -16,  // on core | cortex-m7 | hale | int8
    -77,  // library | tinymaix | int8 | depthwise
    4,  // core | xtensa-lx6 | int8 | vendor | depthwise
    417,  // on core | cortex-a A72 | leip | int8 | dense
    -24,  // on core | cortex-m4 | plumerai | int8
    1,  // chip | ESP32 | plain C
    32,  // library | ncnn | float | rest
    39,  // chip | nRF52840 | plain C
    4,  // on core | cortex-m4 | nnom | int8
    0,  // on chip | Allwinner V85x E907 Core | tinymaix | int8
    -13,  // on core | cortex-m7 | x-cube-ai | int8 | convolution
    95,  // version | x-cube-ai | 7.1 | int8 | pointwise
    -425,  // core | cortex-a A72
    -154,  // one product at a time | cmsis-nn
    -17,  // version | hale | HALE 1.0.175 | float
    24,  // on core | cortex-m4 | x-cube-ai | int8 | dense
    11,  // version | esp-nn | 1.2.3 README | int8 | rest
    98,  // version | cmsis-nn | 2019-03 | int8 | convolution
    -85,  // library | tflm | int8 | rest
    34,  // on core | cortex-a A72 | ncnn | float | rest
    5,  // on core | cortex-a A9 | tinymaix | O1 | int8
    -59,  // version | tinymaix-simd | O1 | float
    -62,  // version | mvp | GSDK | int8
    -7,  // on core | cortex-m33 | hale | HALE 1.0 | int8
    -199,  // int8 | TinyMaix | depthwise
    -5,  // on chip | XR806 | tinymaix-best | int8
    9,  // on core | xtensa-lx7 | tinymaix | O0 | int8
    0,  // on chip | STM32U575 | plumerai | int8
    21,  // on core | cortex-m4 | tinymaix | int8 | pointwise
    -8,  // chip | STM32U3C5
    -141,  // library | tinymaix-simd | int8 | depthwise
    -14,  // on core | xtensa-lx7-simd | esp-nn-c | int8 | depthwise
    -4,  // version | st-hsp | STEdgeAI internal version + DSP coprocessor | int8 | pointwise
    80,  // version | leip | LEIP v1.9.3 | int8 | dense
    258,  // library | x-cube-ai | int8 | rest
    -4,  // core | riscv-dsp | int8 | vendor | depthwise
    245,  // chip | Allwinner F1C200S
    -106,  // on core | cortex-m33+accel | st-hsp | int8 | convolution
    25,  // version | hale | HALE 1.0.175 (min_ram variant) | int8 | rest
    18,  // version | plumerai | v0.7 submission | int8 | dense
    193,  // on core | other-mcu | hale | int8 | dense
    -6,  // version | esp-dl | 0.2.0 | int8
    -13,  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8 | pointwise
    -6,  // on core | cortex-m33 | tinymaix-best | int8 | convolution
    67,  // core | xtensa-lx7 | int8
    -364,  // library | esp-nn-c | int8
    -1,  // on core | cortex-m7 | tinyengine | 0363956 | int8
    76,  // core | cortex-a A9 | int8 | TinyMaix | rest
    -118,  // core | xtensa-lx6 | float | plain C
    333,  // library | cmsis-nn | int8
    -9,  // core | riscv-dsp-app
    105,  // core | cortex-m3 | int8
    -87,  // version | plumerai | v0.7 submission | int8 | convolution
    -6,  // library | hale | int8 | convolution
    -6,  // on core | other-mcu | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8
    147,  // version | mvp | GSDK | int8 | dense
    -23,  // on core | other-mcu | cmsis-nn | int8
    0,  // on core | riscv-dsp-app | onnc-andes | int8
    2,  // chip | STM32F411
    10,  // core | riscv-scalar | int8 | TinyMaix | rest
    9,  // on chip | ATmega328 | tinymaix-best | int8
    -12,  // version | tinymaix-simd | O1 | int8 | depthwise
    1,  // on chip | STM32H7A3 | hale | float
    -198,  // on core | riscv-scalar | tflm | int8 | pointwise
    -7,  // version | tinyengine | 0363956 | int8 | depthwise
    359,  // on core | cortex-a A9 | tinymaix | float | rest
    -6,  // on core | riscv-scalar | tinymaix | RV32IMAFDC | int8
    -15,  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8 | depthwise
    -87,  // library | leip | int8 | rest
    28,  // on core | other-mcu | hale | HALE 1.0.175 | int8
    -12,  // on core | cortex-m4 | x-cube-ai | 10.2 | int8
    -9,  // core | riscv-dsp-app | int8 | vendor
    -256,  // on core | cortex-a A9 | tinymaix-simd | int8 | pointwise
    81,  // chip | Allwinner F1C200S | TinyMaix
    21,  // on core | cortex-m4 | x-cube-ai | 7.3 | int8
    -66,  // version | hale | HALE 1.0.175 (max_performance variant) | int8
    -509,  // on core | cortex-a A72 | leip | int8 | convolution
    13,  // chip | ESP32-C3 | plain C
    37,  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8 | depthwise
    7,  // on core | cortex-m33 | hale | HALE 1.0.175 | int8
    -103,  // on core | riscv-pie | esp-nn-c | int8 | convolution
    -85,  // core | xtensa-lx7-simd
    -43,  // core | cortex-a A9 | int8 | TinyMaix | pointwise
    -23,  // on core | cortex-m7 | cmsis-nn | int8 | pointwise
    121,  // on core | other-mcu | cmsis-nn | int8 | dense
    -6,  // core | xtensa-lx7-simd | int8 | vendor | depthwise
    -7,  // on core | cortex-a A9 | tinymaix-simd | O0 | int8
    -22,  // on chip | STM32L4R5 | plumerai | int8
    26,  // core | cortex-a A7 | int8 | TinyMaix | rest
    -110,  // library | hale | int8 | dense
    31,  // chip | Allwinner D1-H
    1754,  // int8 | plain C
    -5,  // on core | cortex-a 926 | tinymaix | O0 | int8
    -5,  // on chip | RV32-A | tflm | int8
    -6,  // on chip | STM32L496 | tinymaix | int8
    23,  // on core | cortex-m7 | cmsis-nn | int8 | dense
    -24,  // core | riscv-scalar | float | TinyMaix | convolution
    -10,  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8 | pointwise
    186,  // on core | cortex-a A72 | tinymaix-best | int8 | convolution
    -4,  // on core | cortex-m33 | plumerai | int8
    18,  // on chip | Arm Cortex-M0 SoftCore on Kintex-7 FPGA | tinymaix | int8
    26,  // core | other-mcu | int8 | vendor | dense
    -59,  // chip | ESP32 | TinyMaix
    48,  // version | tinymaix-simd | O1 | float | rest
    -1,  // on core | cortex-a A72 | leip | int8
    -120,  // version | hale | HALE 1.0 | int8
    498,  // on core | cortex-m0+ | tflm | float | dense
    194,  // library | microtvm-cmsis-nn | int8
    0,  // on chip | Renesas RZ/Five | onnc-andes | int8
    407,  // on core | xtensa-lx7 | tinymaix | int8 | rest
    -8,  // on core | cortex-m7 | x-cube-ai | int8
    16,  // chip | STM32F411 | TinyMaix
    509,  // library | ncnn | float | depthwise
    252,  // core | riscv-scalar | int8 | TinyMaix
    176,  // library | tinymaix-best | int8
    -103,  // version | tinymaix-simd | O1 | float | convolution
    17,  // on core | riscv-vector | tinymaix-best | int8 | pointwise
    -10,  // version | hale | HALE 1.0.175 | float | depthwise
    -4,  // on core | cortex-m33 | x-cube-ai | 7.3 | int8
    7,  // on core | cortex-m4 | tflm | float
    330,  // chip | STM32H743, rated clock taken
    -14,  // library | esp-dl | int8 | rest
    -58,  // version | x-cube-ai | 7.3 | int8 | convolution
    -30,  // chip | HPM6750 | TinyMaix
    21,  // on core | cortex-m7 | plumerai | int8 | pointwise
    11,  // core | xtensa-lx7-simd | int8 | vendor | dense
    -16,  // version | x-cube-ai | 7.3 | int8 | dense
    -16,  // core | cortex-m33 | int8 | vendor | pointwise
    16,  // int8 | convolution
    6,  // on core | cortex-m4 | microtvm-cmsis-nn | int8 | rest
    6,  // chip | STM32L496
    15,  // chip | STM32L476
    -123,  // int8 | dense output
    -162,  // library | plumerai | int8
    109,  // chip | ATmega328 | TinyMaix
    19,  // core | riscv-scalar | int8 | plain C | convolution
    22,  // on chip | R7F701649 | hale | int8
    -111,  // version | plumerai | 2023.05 | int8 | pointwise
    16,  // chip | STM32L4R5
    -22,  // version | tinymaix-simd | O1 | int8 | pointwise
    -28,  // version | tflm | TFLM 2.3.1 reference C kernels | int8 | dense
    -4,  // core | other-mcu | int8 | vendor | convolution
    138,  // library | leip | float | dense
    -20,  // version | esp-nn-c | 1.2.3 README | int8 | convolution
    -5,  // version | tinymaix | O1 | float | depthwise
    -258,  // core | cortex-m33+accel | int8
    53,  // library | microtvm | int8 | convolution
    66,  // float | depthwise
    12,  // version | x-cube-ai | 9.0 | int8 | rest
    28,  // core | cortex-m0+ | int8 | TinyMaix | pointwise
    15,  // on chip | CH582 | tinymaix-best | int8
    -762,  // threads | 4
    -402,  // threads | 2
    2,  // on core | riscv without multiplier | tinymaix | O1 | int8
    -5,  // core | riscv-pie | int8 | vendor | rest
    7,  // core | cortex-a A72 | int8 | vendor | pointwise
    -4,  // core | cortex-m33 | int8 | vendor | depthwise
    268,  // core | other-mcu | int8 | vendor
    -5,  // on core | cortex-m7 | tinyengine | int8 | pointwise
    126,  // library | tinymaix | float | pointwise
    217,  // library | tflm | int8 | convolution
    14,  // version | tflm | 713b6ed | int8 | pointwise
    118,  // library | tinymaix | float | rest
    -137,  // core | xtensa-lx6 | float
    56,  // chip | STM32L496 | TinyMaix
    131,  // library | plumerai | int8 | pointwise
    48,  // core | cortex-a A72 | float | vendor | depthwise
    113,  // on core | cortex-m0+ | tinymaix | int8 | convolution
    80,  // on core | cortex-m85 | cmsis-nn | int8 | pointwise
    50,  // chip | SSD201 | TinyMaix
    18,  // on core | xtensa-lx7-simd | tflm | int8 | rest
    -8,  // on core | xtensa-lx7 | tinymaix | O1 | int8
    9,  // on core | cortex-m4 | x-cube-ai | int8 | convolution
    24,  // on core | cortex-m7 | plumerai | int8
    -4,  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8
    -34,  // version | tinymaix-simd | O1 | float | pointwise
    27,  // version | onnc | ONNC on CMSIS_5 b966796 | int8
    -182,  // a year of work on a library
    5,  // core | cortex-a 926 | int8 | TinyMaix | convolution
    16,  // core | riscv-dsp | int8 | vendor | dense
    -44,  // version | tinymaix | O1 | int8 | convolution
    27,  // on core | cortex-m7 | cmsis-nn | int8 | depthwise
    12,  // core | cortex-m0+ | int8 | vendor | convolution
    2,  // on chip | ZYNQ-7010 | tinymaix-simd | int8
    -158,  // float | convolution
    -48,  // on core | cortex-m4 | cmsis-nn | int8 | dense
    -16,  // version | tinymaix-simd | O0 | int8 | depthwise
    0,  // on chip | STM32L4R5 | hale | int8
    31,  // core | cortex-m4
    88,  // core | cortex-m3
    5,  // core | cortex-m7
    8,  // on chip | ESP32-C3 | tinymaix | int8
    -180,  // version | cmsis-nn | TFLM 2.3.1 | int8 | dense
    149,  // core | cortex-a A7 | int8 | TinyMaix
    155,  // library | microtvm-cmsis-nn | int8 | convolution
    235,  // core | cortex-a 926
    -8,  // on core | cortex-m33 | x-cube-ai | 8.1 | int8
    50,  // library | hale | int8
    -11,  // on core | cortex-m7 | hale | float | pointwise
    -119,  // float | TinyMaix | convolution
    -11,  // on chip | RP2350 | cmsis-nn | int8
    11,  // version | plumerai | v0.7 submission | int8 | depthwise
    4,  // core | riscv-scalar | float | TinyMaix | depthwise
    -42,  // version | tinymaix-simd | O1 | int8
    -23,  // version | x-cube-ai | 8.0 | int8 | convolution
    4,  // on chip | STM32L4R5 | microtvm-cmsis-nn | int8
    270,  // library | cmsis-nn | int8 | convolution
    29,  // version | esp-nn | 1.2.3 README | int8 | pointwise
    4,  // on chip | STM32H743 | cmsis-nn | int8
    -19,  // on core | other-mcu | hale | HALE 1.0.175 (max_performance variant) | int8
    -9,  // core | riscv-pie | int8 | plain C | convolution
    21,  // version | microtvm | TVM e3a6cb6a | int8 | dense
    19,  // version | cmsis-nn | GSDK | int8 | dense
    -8,  // version | microtvm | TVM e3a6cb6a | int8 | rest
    -128,  // library | plumerai | int8 | rest
    2,  // on core | cortex-m7 | hale | float
    -4,  // version | plumerai | 2023.05 | int8 | rest
    27,  // core | cortex-m4 | int8 | vendor | pointwise
    -136,  // float | TinyMaix | depthwise
    -12,  // on chip | R7F701649 | hale | float
    25,  // version | leip | LEIP v1.9.3 | int8 | pointwise
    71,  // on core | riscv-scalar | tflm | int8 | depthwise
    -1,  // on core | cortex-a A9 | tinymaix | int8
    -75,  // version | x-cube-ai | 10.2 | int8 | pointwise
    -56,  // version | plumerai | 2023.05 | int8
    -586,  // library | leip | float | convolution
    -31,  // on core | cortex-m33+accel | st-hsp | int8 | depthwise
    29,  // core | cortex-m4 | float
    -51,  // on core | riscv-dsp | andes-nn | int8 | pointwise
    46,  // on core | riscv-dsp | tinymaix | int8 | convolution
    66,  // version | cmsis-nn | TFLM 2.3.1 | int8 | depthwise
    -5,  // on core | cortex-a A9 | tinymaix-simd | float
    7,  // core | cortex-m4 | float | plain C | rest
    -98,  // version | leip | LEIP v1.9.3 | int8 | convolution
    -7,  // version | esp-dl | 0.2.0 | int8 | pointwise
    -29,  // version | x-cube-ai | 8.1 | int8
    -138,  // version | cmsis-nn | 2019-03 | int8 | pointwise
    -48,  // on chip | i.MX RT1062 | tflm | float
    -5,  // on core | xtensa-lx7-simd | esp-dl | int8 | convolution
    8,  // library | esp-nn-c | int8 | dense
    32,  // library | tflm | float | rest
    194,  // core | xtensa-lx6
    56,  // core | xtensa-lx7
    -8,  // version | x-cube-ai | 8.0 | int8 | depthwise
    56,  // version | x-cube-ai | 10.2 | int8
    -82,  // library | tinymaix | float | convolution
    177,  // library | onnc | int8
    -18,  // on core | cortex-m7 | x-cube-ai | 7.3 | int8
    8,  // on core | riscv-dsp | tinymaix | O1 | int8
    -15,  // version | cmsis-nn | GSDK | int8 | convolution
    0,  // on core | cortex-m33 | cmsis-nn | TFLM + CMSIS-NN | int8
    10,  // core | xtensa-lx6 | int8 | vendor | pointwise
    -203,  // on core | riscv-scalar | tinymaix | int8 | rest
    -40,  // library | microtvm-cmsis-nn | int8 | depthwise
    20,  // on core | riscv-pie | tflm | int8 | rest
    -60,  // version | mvp | GSDK | int8 | depthwise
    -93,  // library | tinyengine | int8 | pointwise
    -7,  // on chip | STM32F103 | tinymaix-best | int8
    -152,  // on core | riscv-scalar | tinymaix | int8 | convolution
    7,  // core | cortex-m85 | int8 | vendor | pointwise
    -19,  // on core | cortex-m33 | cmsis-nn | int8 | pointwise
    -55,  // int8 | TinyMaix | convolution
    26,  // float | plain C | rest
    10,  // version | cmsis-nn | CMSIS-NN 011bf32 | int8 | rest
    33,  // version | cmsis-nn | TFLM 2.3.1 | int8 | rest
    7,  // float | plain C | pointwise
    55,  // version | esp-nn | 1.2.3 README | int8 | convolution
    253,  // software float | convolution
    535,  // chip | CH582
    10,  // library | st-hsp | int8 | rest
    96,  // core | riscv-scalar | int8 | vendor
    -316,  // core | riscv-scalar | int8 | plain C
    75,  // version | tinymaix | O0 | float | convolution
    -5,  // on core | cortex-m4 | plumerai | int8 | rest
    -185,  // float | TinyMaix | pointwise
    48,  // version | cmsis-nn | CMSIS-NN 011bf32 | int8
    53,  // on core | riscv-scalar | tinymaix | float | depthwise
    -13,  // on core | riscv-vector | tinymaix-best | int8
    -371,  // core | cortex-a A72 | float
    -12,  // on core | cortex-m33+accel | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8
    -7,  // on core | cortex-m7 | hale | HALE 1.0.175 (max_performance variant) | int8
    -9,  // on core | cortex-a A9 | tinymaix | O1 | float
    74,  // core | cortex-a A9 | float | TinyMaix | rest
    32,  // version | cmsis-nn | GSDK | int8
    0,  // on chip | STM32G030 | tinymaix-best | int8
    -93,  // library | plumerai | int8 | depthwise
    2,  // on core | cortex-m4 | x-cube-ai | int8
    -8,  // on core | cortex-m4 | nnom | int8 | dense
    -12,  // core | cortex-a A9 | int8 | TinyMaix | convolution
    -24,  // on core | cortex-m3 | tinymaix | int8 | rest
    148,  // library | microtvm | int8 | depthwise
    -4,  // library | onnc | int8 | dense
    -4,  // core | cortex-m33 | int8 | vendor | convolution
    -77,  // on core | other-mcu | cmsis-nn | int8 | depthwise
    -137,  // core | cortex-a A72 | int8
    8,  // on core | riscv-dsp | andes-nn | int8 | rest
    131,  // library | microtvm | int8 | pointwise
    155,  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8 | pointwise
    12,  // on core | cortex-m7 | x-cube-ai | 8.1 | int8
    -206,  // library | mvp | int8 | depthwise
    -5,  // version | hale | HALE 1.0.175 | float | rest
    37,  // core | riscv-scalar | int8
    -4,  // on core | cortex-a A72 | ncnn | int8 | rest
    7,  // on core | cortex-a A7 | tinymaix | O0 | int8
    320,  // library | mvp | int8 | rest
    -9,  // version | hale | HALE 1.0.175 (max_performance variant) | int8 | rest
    46,  // core | riscv-scalar | float | TinyMaix | pointwise
    -1,  // on chip | STM32MP15 | tflite | int8
    -25,  // core | xtensa-lx7-simd | int8 | vendor | pointwise
    19,  // library | plumerai | int8 | dense
    -22,  // core | cortex-m4 | int8 | vendor | dense
    78,  // version | cmsis-nn | 2019-03 | int8 | depthwise
    190,  // version | hale | HALE 1.0.175 (min_ram variant) | int8
    50,  // version | cmsis-nn | TFLM 2.3.1 | int8 | convolution
    -12,  // on core | xtensa-lx6 | tflm | float | rest
    43,  // version | esp-nn | 1.2.3 README | int8 | depthwise
    112,  // version | hale | HALE 1.0.175 | int8 | depthwise
    -19,  // version | hale | HALE 1.0.175 | float | convolution
    47,  // version | microtvm | TVM e3a6cb6a | int8
    115,  // library | tinymaix | int8 | rest
    -52,  // version | tinymaix | O1 | float
    185,  // library | tflite | int8 | depthwise
    -53,  // chip | XR806 | TinyMaix
    3,  // chip | STM32F103
    5,  // core | cortex-m33+accel | int8 | vendor | dense
    6,  // on chip | STM32H743, rated clock taken | cmsis-nn | int8
    -13,  // on core | xtensa-lx6 | tinymaix | O1 | int8
    -76,  // version | x-cube-ai | 7.1 | int8 | convolution
    -90,  // on core | cortex-m3 | tinymaix-best | int8 | rest
    -77,  // float | operator
    -6,  // on chip | HPM6750 | tinymaix | int8
    11,  // float | pooled output
    -20,  // on core | cortex-m4 | tinymaix | int8 | rest
    9,  // core | cortex-m33 | int8
    -7,  // version | tinymaix | O1 | int8 | depthwise
    5,  // on core | cortex-m0+ | tinymaix | O1 | int8
    19,  // on core | cortex-m0+ | hale | int8 | dense
    -109,  // on core | riscv without multiplier | tinymaix | int8 | rest
    -2,  // on core | cortex-a A7 | tflite | int8
    -100,  // library | esp-dl | int8
    -9,  // version | esp-dl | 0.1.0 | int8
    109,  // int8 | element of two tensors
    -27,  // version | cmsis-nn | plain C path | int8 | pointwise
    7,  // on core | cortex-m4 | microtvm | int8
    22,  // version | x-cube-ai | 8.0 | int8 | dense
    4,  // on core | cortex-m85 | cmsis-nn | int8
    19,  // chip | Arm Cortex-M0 SoftCore on Kintex-7 FPGA
    -88,  // library | esp-dl | int8 | pointwise
    -2,  // on core | cortex-m33 | tinymaix-best | int8
    9,  // on core | cortex-m4 | cmsis-nn | int8 | rest
    0,  // on core | riscv-dsp-app | onnc-andes | ONNC + andes_nn | int8
    -71,  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8
    9,  // on chip | BCM2711 | ncnn | float
    -210,  // on core | cortex-m0+ | cmsis-nn | int8 | depthwise
    -17,  // core | cortex-m0+ | float | plain C | rest
    30,  // version | cmsis-nn | TFLM + CMSIS-NN | int8 | dense
    -410,  // on core | cortex-a A9 | tinymaix | float | pointwise
    -10,  // on core | cortex-m7 | hale | float | convolution
    35,  // on core | cortex-a A7 | tflite | int8 | convolution
    -10,  // on core | cortex-a A9 | tinymaix-simd | O1 | float
    58,  // on core | xtensa-lx6 | tinymaix | int8 | convolution
    -231,  // int8 | depthwise output
    -16,  // on core | riscv-dsp-app | onnc-andes | int8 | rest
    14,  // chip | RK3399 A72
    64,  // int8 | plain C | depthwise
    39,  // library | onnc | int8 | convolution
    -8,  // on core | xtensa-lx6 | tinymaix | int8
    89,  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8 | rest
    -1,  // on core | xtensa-lx7-simd | esp-dl | 0.2.0 | int8
    -14,  // library | esp-nn-c | int8 | pointwise
    -77,  // version | plumerai | 2023.05 | int8 | dense
    5,  // on core | cortex-m4 | tinymaix-simd | O0 | int8
    -11,  // core | cortex-m7 | int8 | vendor | pointwise
    80,  // core | cortex-m85
    170,  // int8 | audio frame
    16,  // core | cortex-m33
    475,  // core | cortex-m0+
    52,  // version | cmsis-nn | GSDK | int8 | rest
    350,  // core | cortex-m0+ | int8 | TinyMaix
    8,  // on core | xtensa-lx6 | tinymaix | int8 | pointwise
    0,  // on chip | RK3399 A72 | tinymaix-best | int8
    9,  // chip | STM32H743, rated clock taken | plain C
    24,  // chip | ZYNQ-7010
    -4,  // on core | cortex-m4 | microtvm-cmsis-nn | int8 | dense
    -52,  // core | cortex-m85 | int8 | vendor | convolution
    -1,  // on core | cortex-m7 | hale | HALE 1.0.175 | int8
    90,  // version | tinymaix-simd | O0 | float | convolution
    -9,  // core | cortex-m33+accel | int8 | vendor | pointwise
    -43,  // core | riscv-pie | int8 | vendor | dense
    -7,  // version | tinymaix | Os | int8
    14,  // core | cortex-a A72 | int8 | TinyMaix
    20,  // on core | cortex-m33 | cmsis-nn | int8 | convolution
    354,  // core | xtensa-lx6 | int8 | vendor
    54,  // version | tinymaix | O0 | int8 | rest
    11,  // core | cortex-a A9 | float | TinyMaix | convolution
    -6,  // on core | cortex-m33 | plumerai | int8 | rest
    -6,  // core | cortex-m7 | float | plain C | rest
    -5,  // on chip | STM32H7A3 | x-cube-ai | int8
    30,  // on core | cortex-m7 | hale | float | dense
    -60,  // chip | AE350
    -260,  // on core | cortex-a A7 | tflite | int8 | pointwise
    13,  // core | cortex-a A72 | float | vendor | dense
    -18,  // on chip | ESP32-P4 | esp-nn-c | int8
    311,  // on core | cortex-a A7 | tinymaix | int8 | rest
    540,  // on core | cortex-a A72 | ncnn | float | depthwise
    7,  // on core | cortex-a 926 | tinymaix | O1 | int8
    -57,  // core | cortex-m0+ | int8
    23,  // version | cmsis-nn | plain C path | int8 | rest
    5,  // version | hale | HALE 1.0.175 (min_ram variant) | int8 | pointwise
    -50,  // on core | cortex-m3 | tinymaix-best | int8 | convolution
    -19,  // on core | cortex-m4 | x-cube-ai | 9.0 | int8
    103,  // on core | other-mcu | hale | float | convolution
    -3,  // on chip | ZYNQ-7010 | tinymaix-simd | float
    63,  // version | plumerai | v1.0 submission | int8 | dense
    1,  // on core | cortex-m33 | cmsis-nn | GSDK | int8
    -617,  // on core | cortex-m85 | cmsis-nn | int8 | convolution
    -3,  // on chip | STM32U585 | plumerai | int8
    25,  // version | leip | LEIP v1.9.3 | float | pointwise
    15,  // on core | cortex-a A72 | ncnn | float
    -66,  // library | tinymaix-simd | float | convolution
    29,  // version | tinymaix | O1 | float | rest
    24,  // core | riscv-pie | int8 | vendor | convolution
    20,  // version | x-cube-ai | 8.0 | int8 | rest
    -102,  // int8 | plain C | dense
    -1,  // on chip | R7FA6M4AF3CFB | cmsis-nn | int8
    624,  // core | cortex-m0+ | float
    119,  // core | cortex-a A7 | int8
    -18,  // on core | cortex-m33 | x-cube-ai | int8 | depthwise
    1,  // on chip | R7FA8D1AHECBD | cmsis-nn | int8
    6,  // on core | cortex-a A9 | tinymaix | float | dense
    46,  // core | riscv-vector | int8 | TinyMaix | rest
    -100,  // library | st-hsp | int8 | convolution
    25,  // on core | cortex-m33 | x-cube-ai | 10.2 | int8
    -123,  // library | andes-nn | int8 | convolution
    5,  // on core | cortex-m4 | microtvm-cmsis-nn | int8 | pointwise
    -510,  // on core | riscv-pie | esp-nn | int8 | dense
    72,  // chip | PicoRV32 on GW2A FPGA | TinyMaix
    -77,  // version | x-cube-ai | 8.1 | int8 | depthwise
    281,  // core | cortex-a 926 | int8
    53,  // version | plumerai | v0.7 submission | int8 | pointwise
    191,  // library | tflm | int8 | depthwise
    100,  // library | esp-nn | int8
    -42,  // streamed byte
    7,  // library | andes-nn | int8 | rest
    -397,  // library | x-cube-ai | int8 | depthwise
    5,  // on core | cortex-a A9 | tinymaix-simd | float | dense
    -376,  // on core | cortex-a A9 | tinymaix-simd | float | pointwise
    -25,  // library | nnom | int8 | convolution
    -4,  // on chip | AT32F403A | tinymaix | int8
    -29,  // library | tinymaix-best | int8 | depthwise
    -3,  // on core | cortex-m4 | tinymaix | O1 | int8
    11,  // on core | xtensa-lx6 | tinymaix | O0 | int8
    -449,  // on core | cortex-m0+ | hale | int8 | depthwise
    -296,  // chip | BL808 C906
    -189,  // on core | cortex-m0+ | hale | int8 | rest
    -216,  // core | cortex-m33+accel
    -3,  // on chip | STM32F411 | tinymaix | int8
    0,  // on core | cortex-m4 | hale | int8
    47,  // library | onnc | int8 | depthwise
    -1,  // version | leip | LEIP v1.9.3 | int8
    31,  // version | plumerai | v1.0 submission | int8
    8,  // version | onnc | ONNC on CMSIS_5 b966796 | int8 | rest
    2,  // on chip | CH32V103 | tinymaix-best | int8
    -8,  // core | cortex-m4 | int8 | TinyMaix | rest
    28,  // chip | RP2040 | plain C
    -116,  // version | x-cube-ai | 8.1 | int8 | rest
    -7,  // on chip | ESP32-S3 | esp-dl | int8
    10,  // on chip | ESP32 | esp-nn | int8
    30,  // on core | xtensa-lx6 | esp-nn | int8 | rest
    249,  // on core | cortex-a 926 | tinymaix | int8 | rest
    -14,  // core | cortex-a A7 | int8 | TinyMaix | pointwise
    -28,  // on core | cortex-m7 | hale | int8 | pointwise
    -14,  // version | tinymaix-simd | O0 | float | depthwise
    -66,  // core | cortex-a A9 | float | TinyMaix | pointwise
    3,  // on chip | ZYNQ-7010 | tinymaix | float
    86,  // version | cmsis-nn | 2019-03 | int8 | dense
    388,  // on core | cortex-a A9 | tinymaix | int8 | rest
    39,  // on core | cortex-m4 | x-cube-ai | int8 | pointwise
    616,  // int8 | TinyMaix | rest
    -23,  // on core | cortex-m33+accel | st-hsp | int8 | pointwise
    -197,  // library | cmsis-nn | int8 | dense
    18,  // on core | cortex-m33 | hale | int8 | depthwise
    22,  // on chip | STM32H7A3 | plumerai | int8
    2,  // on core | cortex-m4 | microtvm | TVM e3a6cb6a | int8
    229,  // chip | RiscyD2 on Arty A7-35T
    -6,  // core | other-mcu | int8 | vendor | pointwise
    -41,  // version | leip | LEIP v1.9.3 | float
    0,  // version | plumerai | v0.7 submission | int8
    6,  // on core | riscv-scalar | tinymaix | float
    -278,  // int8 | plain C | rest
    -3,  // on chip | ESP32 | tflm | float
    40,  // core | cortex-m7 | int8 | vendor
    15,  // chip | STM32H7A3
    33,  // chip | STM32H743
    12,  // on core | cortex-m4 | cmsis-nn | int8
    16,  // on core | cortex-m0+ | tinymaix | int8
    2,  // on core | cortex-m4 | plumerai | v1.0 submission | int8
    -15,  // on core | riscv-scalar | tinymaix | O0 | int8
    16,  // on core | cortex-m85 | cmsis-nn | int8 | depthwise
    4,  // on chip | STM32U575 | x-cube-ai | int8
    -8,  // version | tflm | TFLM 2.3.1 reference C kernels | int8 | rest
    38,  // on core | cortex-m7 | x-cube-ai | int8 | depthwise
    22,  // version | onnc | ONNC on CMSIS_5 b966796 | int8 | pointwise
    50,  // version | tinymaix-simd | O0 | float | rest
    -6,  // core | cortex-m0+ | int8 | vendor | rest
    -28,  // core | cortex-m0+ | int8 | TinyMaix | rest
    -106,  // on core | cortex-a A9 | tinymaix | int8 | depthwise
    12,  // on core | cortex-m33 | hale | int8 | rest
    -49,  // library | leip | float | rest
    94,  // chip | ESP32-C3 | TinyMaix
    -363,  // library | esp-nn | int8 | dense
    14,  // core | avr | int8 | TinyMaix | rest
    2,  // on chip | STM32L4R5 | x-cube-ai | int8
    144,  // core | riscv-scalar | float
    -66,  // on core | cortex-m33+accel | mvp | int8 | convolution
    671,  // int8 | element
    4,  // version | hale | HALE 1.0.175 | int8
    138,  // on core | riscv-pie | esp-nn | int8 | depthwise
    91,  // on core | cortex-m0+ | tinymaix | int8 | depthwise
    3,  // core | cortex-m4 | int8
    -270,  // on core | riscv-vector | tinymaix-simd | int8 | convolution
    3,  // version | tinymaix | O1 | int8
    -351,  // on core | other-mcu | hale | float | dense
    303,  // library | microtvm | int8
    81,  // on core | cortex-m4 | plumerai | int8 | pointwise
    -93,  // library | hale | float | convolution
    -355,  // library | tinymaix-simd | float | pointwise
    -177,  // core | xtensa-lx6 | int8 | TinyMaix
    -261,  // core | riscv-vector | int8 | TinyMaix
    -84,  // chip | RP2040 | TinyMaix
    -18,  // on core | cortex-m0+ | cmsis-nn | int8
    8,  // on core | cortex-m7 | hale | HALE 1.0.175 (min_ram variant) | int8
    369,  // core | xtensa-lx6 | int8
    -2,  // on core | xtensa-lx7-simd | esp-dl | 0.1.0 | int8
    6,  // on core | cortex-a A7 | tinymaix | int8 | convolution
    -456,  // chip | BCM2711
    125,  // on core | xtensa-lx7-simd | esp-nn | int8 | dense
    -1,  // on chip | ESP32-P4 | esp-nn | int8
    56,  // library | esp-nn | int8 | pointwise
    55,  // on core | riscv-pie | tflm | int8 | depthwise
    63,  // version | hale | HALE 1.0.175 | int8 | rest
    6,  // on core | cortex-m4 | microtvm | int8 | dense
    -17,  // on core | cortex-m7 | cmsis-nn | int8 | rest
    -90,  // chip | i.MX RT1062 | plain C
    -4,  // core | cortex-m4 | float | plain C | dense
    230,  // on core | riscv-scalar | tflm | int8 | convolution
    -5,  // version | tinymaix | O0 | float | rest
    139,  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8 | dense
    2,  // on core | cortex-m33 | hale | HALE 1.0.175 (max_performance variant) | int8
    -440,  // core | other-mcu | float | vendor
    4,  // on core | cortex-m33 | tinymaix-best | int8 | depthwise
    101,  // library | microtvm | int8 | dense
    47,  // version | hale | HALE 1.0.175 | float | dense
    21,  // version | x-cube-ai | 8.1 | int8 | convolution
    -146,  // on core | cortex-m4 | plumerai | int8 | dense
    21,  // on chip | nRF52840 | tflm | float
    12,  // core | cortex-m7 | int8 | vendor | convolution
    -5,  // on core | cortex-m4 | x-cube-ai | 8.1 | int8
    -263,  // on core | other-mcu | cmsis-nn | int8 | convolution
    -4,  // core | riscv-pie | int8 | plain C | depthwise
    363,  // software float | dense
    28,  // version | x-cube-ai | 9.0 | int8 | depthwise
    229,  // library | onnc-andes | int8 | convolution
    42,  // core | cortex-m0+ | float | plain C | dense
    2,  // on core | cortex-m33 | x-cube-ai | float
    -168,  // chip | RV32-A
    -218,  // on core | cortex-m33+accel | mvp | int8 | depthwise
    76,  // library | tinymaix | int8 | convolution
    -1,  // on chip | ZYNQ-7010 | tinymaix | int8
    -6,  // core | cortex-a A7 | int8 | TinyMaix | depthwise
    5,  // core | xtensa-lx6 | int8 | TinyMaix | convolution
    -234,  // on core | riscv-scalar | tinymaix | float | rest
    -17,  // core | riscv-scalar | int8 | plain C | pointwise
    5,  // on core | cortex-a A9 | tinymaix | float
    12,  // core | riscv-pie | int8 | vendor | depthwise
    -2,  // on core | riscv-pie | esp-nn | int8
    441,  // library | nnom | int8 | rest
    41,  // core | cortex-a A9 | int8
    -48,  // library | hale | float | depthwise
    -45,  // on core | cortex-m7 | hale | int8 | dense
    -3,  // on core | xtensa-lx7-simd | esp-nn-c | 1.2.3 README | int8
    -54,  // core | riscv-dsp
    -48,  // chip | STM32MP15
    483,  // library | tinymaix-simd | float | rest
    176,  // library | andes-nn | int8 | dense
    -11,  // core | riscv-dsp-app | int8
    32,  // core | cortex-m4 | float | plain C
    -48,  // on core | cortex-a 926 | tinymaix | int8 | depthwise
    -3,  // on core | cortex-m33+accel | st-hsp | STEdgeAI internal version + DSP coprocessor | int8
    -5,  // on chip | ESP32 | tinymaix | int8
    20,  // library | tflm | float
    485,  // float | TinyMaix | rest
    19,  // chip | ESP32-S3 | TinyMaix
    -108,  // library | st-hsp | int8
    105,  // version | x-cube-ai | 10.2 | int8 | convolution
    -11,  // on core | xtensa-lx7-simd | esp-dl | int8
    122,  // library | leip | float | pointwise
    4,  // on core | riscv-scalar | esp-nn | int8
    31,  // on core | cortex-a A72 | leip | float | depthwise
    -3,  // on chip | CH32V203 | tinymaix | int8
    4,  // core | cortex-m4 | int8 | TinyMaix | pointwise
    32,  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8 | convolution
    22,  // on core | avr | tinymaix-best | int8 | convolution
    -56,  // version | esp-nn-c | 1.2.3 README | int8
    -18,  // library | tinyengine | int8 | rest
    -74,  // version | esp-nn | 1.2.3 README | int8 | dense
    -26,  // on core | xtensa-lx7-simd | esp-nn-c | int8 | dense
    -18,  // core | riscv-pie | int8
    -53,  // version | esp-nn-c | 1.2.3 README | int8 | rest
    286,  // on core | riscv-pie | esp-nn | int8 | convolution
    312,  // core | other-mcu | int8
    60,  // on core | cortex-a 926 | tinymaix | int8 | convolution
    -45,  // on core | xtensa-lx7-simd | esp-nn | int8 | depthwise
    -5,  // chip | XR806
    9,  // core | other-mcu | float | vendor | convolution
    -154,  // library | nnom | int8 | dense
    30,  // version | cmsis-nn | 2019-03 | int8
    19,  // core | riscv without multiplier | int8 | TinyMaix | convolution
    464,  // library | tflm | int8 | pointwise
    -52,  // on core | cortex-a A72 | leip | float | rest
    4,  // on core | xtensa-lx7-simd | esp-nn | 1.2.3 README | int8
    -141,  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8 | convolution
    342,  // chip | R7F701649
    -9,  // version | tinymaix | O0 | int8 | depthwise
    -2,  // on core | riscv-scalar | tflm | TFLM 2.3.1 reference C kernels | int8
    -993,  // core | cortex-a
    9,  // on core | cortex-m33 | cmsis-nn | int8 | rest
    -39,  // library | microtvm | int8 | rest
    11,  // on core | cortex-m33 | hale | int8
    -523,  // chip | Nuclei
    -12,  // core | riscv-scalar | int8 | plain C | rest
    -38,  // on core | cortex-m7 | tflm | float | rest
    -4,  // on core | cortex-m4 | tinymaix-simd | int8
    -187,  // on core | riscv-vector | tinymaix-best | int8 | convolution
    82,  // core | cortex-m85 | int8 | vendor
    7,  // core | cortex-m33 | int8 | vendor | rest
    54,  // on core | cortex-m7 | plumerai | int8 | convolution
    11,  // on chip | STM32L4R5 | cmsis-nn | int8
    52,  // version | tinymaix | O0 | int8 | convolution
    0,  // on chip | EFR32MG24 | mvp | int8
    14,  // on core | xtensa-lx6 | tflm | int8 | depthwise
    -11,  // core | riscv-dsp | int8 | vendor | convolution
    -56,  // core | cortex-m0+ | int8 | vendor | depthwise
    33,  // version | hale | HALE 1.0 | int8 | dense
    175,  // version | cmsis-nn | TFLM 2.3.1 | int8 | pointwise
    -117,  // on core | cortex-a A72 | tinymaix-best | int8 | depthwise
    1030,  // int8 | operator
    -45,  // library | x-cube-ai | int8
    -512,  // core | other-mcu | float
    1,  // core | cortex-m33 | float | plain C
    8,  // core | cortex-m0+ | int8 | TinyMaix | depthwise
    197,  // on core | cortex-a A7 | tflite | int8 | depthwise
    -5,  // on core | cortex-a A72 | ncnn | int8 | depthwise
    21,  // core | xtensa-lx7-simd | int8 | plain C | pointwise
    -51,  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8 | convolution
    10,  // on core | cortex-a A9 | tinymaix | O0 | float
    -63,  // library | mvp | int8 | convolution
    7,  // on core | cortex-m4 | tinymaix-simd | int8 | pointwise
    -70,  // on core | cortex-a A9 | tinymaix-simd | float | convolution
    -92,  // version | tinymaix | O1 | float | convolution
    -32,  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8
    -9,  // core | xtensa-lx7 | int8 | TinyMaix | depthwise
    -22,  // core | cortex-a A7 | int8 | vendor | pointwise
    -7,  // on chip | ESP32-S3 | esp-nn-c | int8
    -4,  // library | onnc-andes | int8
    -65,  // on core | cortex-m0+ | hale | HALE 1.0.175 | int8
    -172,  // on core | riscv-vector | tinymaix-simd | int8 | pointwise
    -25,  // on core | xtensa-lx7-simd | esp-dl | int8 | depthwise
    -92,  // on core | cortex-a A72 | leip | int8 | rest
    73,  // float | dense
    4,  // version | plumerai | v0.7 submission | int8 | rest
    11,  // on core | cortex-m7 | cmsis-nn | int8
    6,  // library | x-cube-ai | float | depthwise
    -51,  // on core | cortex-a A72 | ncnn | int8 | pointwise
    369,  // software float
    -3,  // family | STM32U3
    18,  // family | STM32U5
    -26,  // core | cortex-a A72 | float | vendor | pointwise
    -1,  // family | STM32MP
    14,  // family | STM32L4
    1,  // family | STM32F1
    1,  // family | STM32F4
    109,  // version | plumerai | 2023.05 | int8 | convolution
    0,  // family | STM32G0
    12,  // on core | cortex-m7 | hale | int8 | convolution
    -176,  // version | x-cube-ai | 9.0 | int8 | pointwise
    -3,  // on chip | RP2040 | cmsis-nn | int8
    22,  // family | STM32H7
    -112,  // library | esp-nn-c | int8 | depthwise
    -6,  // on core | cortex-m4 | tinymaix-simd | O1 | int8
    16,  // on core | cortex-m3 | tinymaix | int8
    4,  // core | riscv-dsp | int8 | TinyMaix | convolution
    36,  // on core | other-mcu | hale | int8 | rest
    -409,  // chip | VexRiscv soft core
    -94,  // on core | xtensa-lx7-simd | esp-dl | int8 | pointwise
    49,  // version | hale | HALE 1.0.175 | int8 | dense
    -10,  // on core | cortex-m4 | plumerai | 2023.05 | int8
    242,  // core | cortex-a 926 | int8 | TinyMaix
    -304,  // core | riscv-vector | int8
    -20,  // core | riscv-dsp-app | int8 | vendor | dense
    109,  // library | onnc | int8 | pointwise
    4,  // on chip | STM32L476 | nnom | int8
    536,  // core | cortex-m0+ | float | plain C
    -20,  // on core | cortex-m85 | cmsis-nn | int8 | rest
    19,  // version | tinymaix-simd | O0 | int8
    -7,  // core | xtensa-lx7-simd | int8 | plain C | rest
    -15,  // library | tflm | float | dense
    18,  // on core | cortex-m4 | cmsis-nn | int8 | depthwise
    -180,  // on core | riscv-pie | esp-nn-c | int8 | rest
    -2,  // on core | cortex-m7 | x-cube-ai | 9.0 | int8
    7,  // on chip | ESP32-C3 | tflm | int8
    -14,  // core | riscv-pie | int8 | plain C | rest
    -14,  // version | plumerai | 2023.05 | int8 | depthwise
    -236,  // on core | riscv-dsp-app | onnc-andes | int8 | dense
    -14,  // on chip | RX65N | cmsis-nn | int8
    135,  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8
    -5,  // on core | cortex-a A72 | ncnn | int8
    -20,  // version | st-hsp | STEdgeAI internal version + DSP coprocessor | int8 | convolution
    -9,  // core | riscv without multiplier | int8 | TinyMaix | rest
    113,  // library | cmsis-nn | int8 | rest
    -33,  // version | x-cube-ai | 10.2 | int8 | depthwise
    -40,  // version | x-cube-ai | 10.2 | int8 | dense
    -108,  // library | hale | float
    91,  // library | tinymaix | float
    11,  // on core | cortex-m7 | hale | int8 | depthwise
    -4,  // on core | cortex-m7 | hale | int8 | rest
    19,  // on chip | ESP32-P4 | tflm | int8
    -18,  // on chip | BCM2711 | leip | float
    11,  // on core | cortex-m4 | x-cube-ai | 8.0 | int8
    17,  // chip | EFR32MG24
    -8,  // core | cortex-a A72 | int8 | vendor | rest
    -26,  // library | hale | float | rest
    -29,  // library | st-hsp | int8 | depthwise
    4,  // on core | cortex-m4 | onnc | int8
    51,  // on core | cortex-m4 | tflm | float | rest
    -20,  // core | cortex-a A9 | float | TinyMaix | depthwise
    299,  // library | tinymaix-best | int8 | rest
    -835,  // int8 | exponential
    -78,  // version | hale | HALE 1.0.175 | int8 | pointwise
    -17,  // version | plumerai | v1.0 submission | int8 | depthwise
    -28,  // on core | cortex-m33 | x-cube-ai | 7.1 | int8
    0,  // on core | cortex-m0+ | hale | int8
    29,  // on core | cortex-m33 | x-cube-ai | int8 | rest
    -11,  // core | cortex-a 926 | int8 | TinyMaix | pointwise
    -517,  // chip | RX65N
    218,  // chip | PicoRV32 on GW2A FPGA
    -66,  // on core | cortex-a A7 | tinymaix | int8 | depthwise
    -6,  // core | cortex-m7 | int8 | vendor | dense
    1,  // on core | cortex-m4 | microtvm-cmsis-nn | TVM e3a6cb6a | int8
    -55,  // version | x-cube-ai | 9.0 | int8 | dense
    -40,  // version | cmsis-nn | plain C path | int8 | depthwise
    35,  // core | cortex-a A72 | int8 | vendor | dense
    -82,  // on core | riscv-vector | tinymaix-simd | int8 | depthwise
    -12,  // on core | xtensa-lx7-simd | esp-nn-c | int8
    -174,  // chip | Nuclei | TinyMaix
    10,  // on chip | STM32F103 | tinymaix | int8
    9,  // on core | riscv-scalar | esp-nn | int8 | rest
    -65,  // library | microtvm-cmsis-nn | int8 | dense
    -48,  // library | ncnn | int8 | pointwise
    -7,  // version | tinymaix | Os | int8 | rest
    -351,  // chip | AT32F403A | TinyMaix
    -95,  // on core | xtensa-lx7-simd | esp-nn-c | int8 | rest
    29,  // library | leip | float | depthwise
    12,  // version | tinymaix | RV32IMAFDC | int8 | convolution
    -27,  // on core | xtensa-lx7 | tinymaix | int8 | convolution
    53,  // on core | cortex-m33+accel | mvp | int8 | dense
    -48,  // core | cortex-m7 | float | plain C
    -120,  // version | leip | LEIP v1.9.3 | float | convolution
    -11,  // core | cortex-a A9 | float | TinyMaix
    6,  // on chip | RiscyD2 on Arty A7-35T | tinymaix-best | int8
    5,  // float | pooled element
    -5,  // on core | cortex-a A9 | tinymaix | O0 | int8
    -37,  // library | tinymaix-best | int8 | pointwise
    -20,  // on core | other-mcu | hale | float
    228,  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.0-era | int8 | convolution
    -4,  // on chip | ESP32-S3 | esp-nn | int8
    -51,  // version | plumerai | v1.0 submission | int8 | convolution
    -8,  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8 | depthwise
    0,  // chip | STM32G030 | TinyMaix
    -116,  // version | mvp | GSDK | int8 | pointwise
    1,  // chip | Allwinner V85x E907 Core | TinyMaix
    38,  // on core | xtensa-lx7-simd | esp-nn | int8 | rest
    -25,  // version | cmsis-nn | plain C path | int8
    -2,  // on core | cortex-m7 | tinyengine | int8
    4,  // on core | cortex-m7 | tflm | int8 | pointwise
    -98,  // chip | BL808 C906 | TinyMaix
    -11,  // on core | riscv-dsp | tinymaix | int8 | rest
    -133,  // on core | cortex-a A9 | tinymaix-simd | float | depthwise
    -6,  // core | riscv-vector | int8 | TinyMaix | depthwise
    3,  // on core | xtensa-lx7 | tinymaix | int8
    2,  // chip | ESP32-P4 | plain C
    50,  // on core | xtensa-lx7-simd | tflm | int8 | depthwise
    -10,  // on core | cortex-m7 | tflm | float
    -140,  // library | tinymaix-simd | int8 | convolution
    -45,  // version | onnc-andes | ONNC + andes_nn | int8 | dense
    -44,  // library | andes-nn | int8 | depthwise
    -8,  // on core | riscv-dsp | tinymaix | int8 | depthwise
    6,  // version | leip | LEIP v1.9.3 | float | depthwise
    85,  // version | plumerai | v1.0 submission | int8 | pointwise
    1,  // on core | riscv without multiplier | tinymaix | O0 | int8
    -100,  // version | mvp | GSDK | int8 | convolution
    -13,  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8 | dense
    -4,  // core | cortex-a 926 | int8 | TinyMaix | depthwise
    2,  // one product at a time | hale
    -414,  // library | ncnn | float | pointwise
    -20,  // on core | cortex-m4 | plumerai | int8 | convolution
    -1,  // on core | riscv-scalar | tinymaix | Os | int8
    3,  // on chip | STM32L4R5 | onnc | int8
    177,  // chip | CH582 | TinyMaix
    -1,  // version | onnc-andes | ONNC + andes_nn | int8
    -222,  // library | onnc-andes | int8 | dense
    -23,  // library | esp-dl | int8 | depthwise
    -319,  // core | cortex-a A72 | float | vendor
    8,  // version | onnc | ONNC on CMSIS_5 b966796 | int8 | convolution
    30,  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8
    -130,  // on core | riscv-dsp | andes-nn | int8 | convolution
    7,  // core | cortex-m33 | float
    -39,  // core | riscv-vector | int8 | TinyMaix | convolution
    -37,  // core | cortex-m7 | float
    18,  // version | x-cube-ai | 7.1 | int8 | dense
    -19,  // version | tinymaix | O0 | int8 | pointwise
    -1,  // on core | cortex-m0+ | tinymaix | O0 | int8
    8,  // on core | riscv-vector | tinymaix-best | int8 | depthwise
    -126,  // library | tinymaix-simd | float | depthwise
    -23,  // on core | cortex-m4 | x-cube-ai | int8 | rest
    57,  // core | xtensa-lx7 | int8 | TinyMaix
    22,  // version | mvp | GSDK | int8 | rest
    23,  // version | cmsis-nn | TFLM + CMSIS-NN ported to RXv2 | int8 | dense
    -73,  // version | cmsis-nn | 2019-03 | int8 | rest
    -41,  // chip | RP2350
    -19,  // version | tinyengine | 0363956 | int8 | pointwise
    -15,  // on chip | Nuclei | tinymaix | int8
    19,  // core | cortex-m33 | int8 | vendor | dense
    512,  // on core | cortex-a A9 | tinymaix-simd | float | rest
    3107,  // core | riscv
    117,  // on core | xtensa-lx6 | esp-nn | int8 | pointwise
    7,  // on core | cortex-a A7 | tinymaix | int8
    -8,  // on chip | BL808 C906 | tinymaix-best | int8
    -55,  // on core | xtensa-lx6 | tflm | float | dense
    30,  // core | cortex-m33+accel | int8 | vendor | rest
    -9,  // on core | cortex-m4 | hale | HALE 1.0 | int8
    90,  // core | cortex-m3 | int8 | TinyMaix
    96,  // core | cortex-m85 | int8
    -5,  // on core | cortex-a A7 | tinymaix | O1 | int8
    42,  // version | x-cube-ai | 7.1 | int8 | depthwise
    -58,  // on core | riscv-pie | esp-nn | int8 | rest
    130,  // on core | cortex-a A72 | leip | float | pointwise
    50,  // core | cortex-m85 | int8 | vendor | dense
    4,  // on core | cortex-m4 | x-cube-ai | 7.1 | int8
    -43,  // core | cortex-a A72 | int8 | vendor | convolution
    -2,  // on chip | STM32U3C5 | st-hsp | int8
    -17,  // version | st-hsp | STEdgeAI internal version + DSP coprocessor | int8
    -22,  // core | cortex-a A72 | int8 | TinyMaix | pointwise
    4,  // on core | cortex-m33 | hale | int8 | dense
    25,  // core | riscv-pie | int8 | plain C | pointwise
    -108,  // chip | CH32V203
    18,  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8 | pointwise
    16,  // version | x-cube-ai | 9.0 | int8 | convolution
    -29,  // on core | cortex-m4 | tflm | float | dense
    -46,  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8 | rest
    -168,  // on core | xtensa-lx6 | tinymaix | int8 | rest
    -20,  // core | riscv-scalar | float | TinyMaix | rest
    21,  // core | riscv-dsp-app | int8 | vendor | convolution
    15,  // on core | avr | tinymaix-best | int8
    378,  // core | avr | int8
    317,  // core | xtensa-lx7-simd | int8 | plain C
    8,  // chip | ZYNQ-7010 | TinyMaix
    5,  // on core | xtensa-lx6 | tflm | int8 | rest
    -99,  // on core | cortex-a A9 | tinymaix | float | depthwise
    187,  // on core | riscv-dsp | andes-nn | int8 | dense
    16,  // core | cortex-a A72 | int8 | TinyMaix | convolution
    7,  // core | cortex-m7 | float | vendor
    340,  // on core | cortex-m33+accel | mvp | int8 | rest
    -25,  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8 | convolution
    -251,  // on core | cortex-a A9 | tinymaix | int8 | pointwise
    -12,  // on core | cortex-m33+accel | st-hsp | int8
    2,  // on core | cortex-m33+accel | mvp | int8
    -36,  // chip | AT32F403A
    -68,  // version | tinymaix | RV32IMAFDC | int8 | rest
    6,  // on core | cortex-m4 | onnc | int8 | pointwise
    -9,  // chip | Renesas RZ/Five
    11,  // core | cortex-m7 | int8 | vendor | depthwise
    -4,  // on core | cortex-m4 | tinymaix | int8
    796,  // float | exponential
    20,  // version | cmsis-nn | TFLM + CMSIS-NN | int8 | convolution
    44,  // version | tflm | TFLM 2.3.1 reference C kernels | int8 | convolution
    -46,  // core | riscv-pie | int8 | vendor
    10,  // on core | riscv without multiplier | tinymaix | int8
    215,  // core | riscv without multiplier | int8 | TinyMaix
    -139,  // on core | cortex-m0+ | cmsis-nn | int8 | pointwise
    -66,  // on core | other-mcu | cmsis-nn | int8 | pointwise
    52,  // version | tinymaix-simd | O0 | float
    -331,  // on core | cortex-m0+ | tinymaix | int8 | rest
    17,  // core | cortex-a A72 | int8 | TinyMaix | rest
    7,  // on chip | Allwinner F1C200S | tinymaix | int8
    4,  // on core | cortex-m4 | microtvm-cmsis-nn | int8
    2,  // on core | cortex-m7 | cmsis-nn | CMSIS-NN 011bf32 | int8
    229,  // library | hale | float | dense
    10,  // core | riscv-pie | int8 | vendor | pointwise
    -21,  // chip | VexRiscv soft core | plain C
    146,  // on core | cortex-m0+ | hale | int8 | convolution
    8,  // on core | cortex-m7 | plumerai | 2023.05 | int8
    -7,  // core | other-mcu | int8 | vendor | depthwise
    10,  // version | onnc | ONNC on CMSIS_5 b966796 | int8 | depthwise
    -168,  // core | other-mcu
    -3,  // chip | R7FA6M4AF3CFB
    -24,  // version | x-cube-ai | 7.3 | int8
    -10,  // version | leip | LEIP v1.9.3 | float | rest
    42,  // core | cortex-m4 | int8 | vendor
    200,  // on core | cortex-a A72 | tinymaix-best | int8 | rest
    -128,  // on core | cortex-a A9 | tinymaix-simd | int8 | depthwise
    5,  // on core | cortex-m33 | hale | int8 | pointwise
    -11,  // on chip | VexRiscv soft core | tflm | int8
    -186,  // one product at a time
    35,  // on core | riscv-pie | esp-nn-c | int8 | dense
    63,  // version | tinymaix-simd | O0 | int8 | convolution
    -14,  // core | xtensa-lx6 | int8 | TinyMaix | rest
    123,  // requantizing in software float
    -44,  // library | ncnn | int8
    6,  // on chip | STM32L4R5 | microtvm | int8
    -404,  // core | xtensa-lx7-simd | int8 | vendor
    7,  // core | cortex-m33 | float | vendor
    14,  // core | cortex-m3 | int8 | TinyMaix | convolution
    -25,  // on core | riscv-scalar | tinymaix | int8
    -71,  // version | hale | HALE 1.0 | int8 | rest
    17,  // chip | ESP32-S3 | plain C
    3,  // on chip | ESP32-C3 | esp-nn | int8
    -11,  // on core | cortex-m3 | tinymaix-best | int8
    -14,  // on core | cortex-m33 | tinymaix-best | int8 | rest
    151,  // chip | SSD201
    -247,  // on core | xtensa-lx7 | tinymaix | int8 | pointwise
    7,  // on core | cortex-a A9 | tinymaix-simd | O1 | int8
    -158,  // version | hale | HALE 1.0 | int8 | convolution
    1,  // on core | cortex-a A72 | tinymaix-best | int8
    -79,  // library | x-cube-ai | int8 | convolution
    -48,  // library | andes-nn | int8 | pointwise
    253,  // float | plain C
    -33,  // version | x-cube-ai | 7.3 | int8 | depthwise
    4,  // core | riscv-dsp | int8 | TinyMaix
    47,  // version | onnc-andes | ONNC + andes_nn | int8 | convolution
    -21,  // core | cortex-m33+accel | int8 | vendor | depthwise
    1,  // on core | riscv-scalar | tinymaix | O0 | float
    6,  // on core | cortex-m4 | hale | HALE 1.0.175 (max_performance variant) | int8
    -47,  // on core | riscv-dsp | andes-nn | int8 | depthwise
    -21,  // core | xtensa-lx7 | int8 | TinyMaix | pointwise
    30,  // core | riscv-pie | int8 | plain C
    8,  // on core | cortex-m4 | microtvm | int8 | depthwise
    0,  // on core | cortex-m7 | hale | HALE 1.0.175 | float
    -6,  // on core | cortex-m7 | hale | HALE 1.0 | int8
    18,  // library | esp-nn | int8 | rest
    -101,  // core | xtensa-lx7-simd | int8
    -8,  // on core | riscv-scalar | tinymaix | float | dense
    8,  // on core | cortex-m4 | microtvm-cmsis-nn | int8 | convolution
    -487,  // software float | rest
    201,  // library | nnom | int8
    21,  // core | cortex-a 926 | int8 | TinyMaix | rest
    8,  // library | tflm | float | pointwise
    -10,  // on core | cortex-m7 | x-cube-ai | 10.2 | int8
    23,  // version | cmsis-nn | CMSIS-NN 011bf32 | int8 | depthwise
    36,  // version | andes-nn | tflite-micro a30942eb + Andes NN Library | int8 | dense
    11,  // on core | cortex-m33 | tinymaix-best | int8 | pointwise
    -254,  // core | riscv-vector
    -33,  // library | tinyengine | int8 | depthwise
    -29,  // version | tflm | TFLM 2.3.1 reference C kernels | int8 | pointwise
    23,  // chip | nRF52840
    -20,  // core | cortex-a A9 | int8 | TinyMaix | depthwise
    -95,  // on core | cortex-m33 | plumerai | int8 | pointwise
    -110,  // library | tinyengine | int8
    -151,  // library | tinymaix-simd | int8
    11,  // on core | cortex-m33+accel | st-hsp | int8 | rest
    43,  // on core | cortex-a A72 | ncnn | float | convolution
    0,  // on chip | STM32G0B1 | hale | int8
    -9,  // chip | RV32-A | plain C
    3,  // chip | R7FA8D1AHECBD
    -14,  // on core | riscv-scalar | tflm | int8
    -84,  // on core | cortex-m33+accel | mvp | int8 | pointwise
    71,  // library | x-cube-ai | float
    46,  // version | tinymaix | O0 | int8
    -39,  // float | depthwise output
    12,  // on core | cortex-m4 | tinymaix-simd | int8 | convolution
    229,  // on core | riscv without multiplier | tinymaix | int8 | convolution
    160,  // on core | avr | tinymaix-best | int8 | rest
    -5,  // version | tinymaix | Os | int8 | convolution
    -266,  // library | leip | float
    8,  // library | ncnn | float | dense
    16,  // on chip | ESP32-S3 | tflm | int8
    -9,  // on core | cortex-m7 | x-cube-ai | 8.0 | int8
    23,  // version | microtvm-cmsis-nn | TVM e3a6cb6a | int8 | rest
    43,  // core | cortex-m7 | int8
    119,  // on core | riscv-pie | esp-nn | int8 | pointwise
    -24,  // library | andes-nn | int8
    -105,  // version | hale | HALE 1.0.175 (max_performance variant) | int8 | dense
    -4,  // library | esp-dl | int8 | convolution
    -131,  // core | cortex-a A72 | int8 | vendor
    -4,  // version | tinyengine | 0363956 | int8 | rest
    317,  // core | avr
    2,  // on chip | ESP32-S3 | tinymaix | int8
    121,  // on core | cortex-m0+ | cmsis-nn | int8 | rest
    39,  // library | onnc | int8 | rest
    -11,  // on core | cortex-m33+accel | mvp | GSDK | int8
    330,  // chip | ATmega328
    -245,  // library | tflite | int8 | pointwise
    50,  // version | x-cube-ai | 8.0 | int8
    1,  // on core | cortex-m4 | tinymaix | O0 | int8
    83,  // library | x-cube-ai | int8 | pointwise
    -8,  // version | x-cube-ai | 7.1 | int8 | rest
    -45,  // library | tinymaix-simd | float
    147,  // library | hale | int8 | depthwise
    3,  // on chip | HPM6750 | tinymaix | float
    5,  // on core | cortex-m33 | x-cube-ai | int8
    0,  // on core | riscv-dsp | tinymaix | int8
    135,  // on core | riscv-scalar | tinymaix-best | int8 | convolution
    0,  // on chip | RP2350 | tflm | float
    -53,  // chip | i.MX RT1062
    1,  // on core | cortex-m7 | tflm | int8
    6,  // on core | xtensa-lx6 | tflm | int8
    122,  // library | leip | int8 | pointwise
    -15,  // core | cortex-m33+accel | int8 | vendor | convolution
    325,  // core | avr | int8 | TinyMaix
    -5,  // library | tinymaix-best | int8 | convolution
    -4,  // library | ncnn | int8 | rest
    12,  // on chip | STM32L496 | tinymaix-simd | int8
    -1,  // on core | riscv-dsp | andes-nn | tflite-micro a30942eb + Andes NN Library | int8
    1,  // on chip | Allwinner D1-H | tinymaix-simd | int8
    -8,  // on core | riscv-vector | tinymaix-simd | O0 | int8
    -8,  // on core | cortex-m33 | cmsis-nn | int8
    1068,  // int8 | TinyMaix
    -19,  // version | mvp | TFLM + Silicon Labs MVP accelerator kernels, Gecko SDK 4.1.1 | int8 | depthwise
    542,  // on core | riscv-vector | tinymaix-simd | int8 | rest
    66,  // version | tinymaix | O0 | float
    1,  // on core | riscv-vector | tinymaix-simd | int8
    -15,  // on chip | STM32H7A3 | hale | int8
    -127,  // float | pointwise
    9,  // on core | cortex-a A72 | ncnn | float | dense
    8,  // on core | cortex-m7 | x-cube-ai | int8 | rest
    99,  // core | cortex-a A7
    24,  // core | cortex-a A9
    -8,  // on core | riscv-dsp | tinymaix | O0 | int8
    37,  // on core | riscv-scalar | tinymaix-best | int8
    -10,  // version | tflm | TFLM 2.3.1 reference C kernels | int8
    -259,  // library | esp-nn-c | int8 | rest
    35,  // core | cortex-a A9 | int8 | TinyMaix
    9,  // on core | cortex-m3 | tinymaix | O0 | int8
    -38,  // core | cortex-m4 | int8 | TinyMaix
    363,  // int8 | plain C | pointwise
    24,  // on core | cortex-m4 | nnom | int8 | rest
    5,  // chip | RK3399 A72 | TinyMaix
    -36,  // chip | CH32V203 | TinyMaix
};
constexpr EffectTable latency_effects{effect_first, effect_middle, effect_lower, effect_thousandths};

}  // namespace edgewise::mcu
